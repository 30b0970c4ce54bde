import type { ExperimentRun, FromExperimentWorker, ToExperimentWorker, Verdict } from '../../src/index.ts';

/** What has become of one experiment in this browser. */
export interface Measurement {
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** Runs so far, one a seed. */
  runs: ExperimentRun[];
  verdict: Verdict | null;
  /** Why it could not be measured; empty otherwise. */
  problem: string;
}

/** A job as it is asked for: everything but its number. */
export type MeasureJob = Omit<ToExperimentWorker, 'job'>;

interface Waiting {
  job: number;
  load: () => Promise<MeasureJob>;
  tell: (measurement: Measurement) => void;
  measurement: Measurement;
}

/**
 * Measures experiments in a worker of their own, one after the other in the order in which they were asked for, so that a
 * page full of them neither hangs nor heats.
 */
export class ExperimentClient {
  private worker: Worker | null = null;
  private readonly queue: Waiting[] = [];
  private current: Waiting | null = null;
  private lastJob = 0;

  /**
   * Asks for one, before all others that wait where it is `urgent`; `tell` hears at once that it waits, and then of every step.
   * Returns what takes the wish back.
   */
  measure(load: () => Promise<MeasureJob>, tell: (measurement: Measurement) => void, urgent = false): () => void {
    const measurement: Measurement = { state: 'waiting', runs: [], verdict: null, problem: '' };
    const waiting: Waiting = { job: ++this.lastJob, load, tell, measurement };
    if (urgent) this.queue.unshift(waiting);
    else this.queue.push(waiting);
    tell(measurement);
    void this.next();
    return () => {
      const index = this.queue.indexOf(waiting);
      if (index >= 0) this.queue.splice(index, 1);
    };
  }

  /** Lets go of the worker. */
  close(): void {
    this.queue.length = 0;
    this.current = null;
    this.worker?.terminate();
    this.worker = null;
  }

  private async next(): Promise<void> {
    if (this.current !== null) return;
    const waiting = this.queue.shift();
    if (waiting === undefined) return;
    this.current = waiting;
    this.update(waiting, { state: 'running' });
    try {
      const job = await waiting.load();
      if (this.current !== waiting) return;
      this.worker ??= this.start();
      this.worker.postMessage({ ...job, job: waiting.job } satisfies ToExperimentWorker);
    } catch (error) {
      this.end(waiting, { state: 'failed', problem: error instanceof Error ? error.message : String(error) });
    }
  }

  private start(): Worker {
    const worker = new Worker(new URL('../../src/host/experimentWorker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromExperimentWorker>) => this.hear(data);
    worker.onerror = (event) => {
      worker.terminate();
      this.worker = null;
      if (this.current !== null)
        this.end(this.current, { state: 'failed', problem: event.message || 'The worker died.' });
    };
    return worker;
  }

  private hear(message: FromExperimentWorker): void {
    const { current } = this;
    if (current === null || current.job !== message.job) return;
    if (message.type === 'run') this.update(current, { runs: [...current.measurement.runs, message.run] });
    else if (message.type === 'verdict') this.end(current, { state: 'done', verdict: message.verdict });
    else this.end(current, { state: 'failed', problem: message.message });
  }

  private end(waiting: Waiting, change: Partial<Measurement>): void {
    this.update(waiting, change);
    this.current = null;
    void this.next();
  }

  private update(waiting: Waiting, change: Partial<Measurement>): void {
    waiting.measurement = { ...waiting.measurement, ...change };
    waiting.tell(waiting.measurement);
  }
}
