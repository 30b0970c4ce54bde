import type {
  AttemptOutcome,
  CaseResult,
  Drill,
  DrillCommand,
  FromDrillWorker,
  ToDrillWorker,
  TruthFound,
} from '../../../src/drills.ts';

/** What the untouched run says, and whether the script itself is at fault. */
export interface Truths {
  truths: Record<string, TruthFound>;
  scriptError: string;
}

type Job = ToDrillWorker extends infer M ? (M extends { job: number } ? Omit<M, 'job'> : never) : never;

interface Waiting {
  message: ToDrillWorker;
  resolve: (answer: FromDrillWorker) => void;
}

/**
 * Runs a drill headless in a worker of its own, beside the stage that is watched: what is right about predictions, and what
 * an attempt comes to on every seed. A worker that dies is replaced, and the job it died of fails in words.
 */
export class DrillJudge {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private readonly attempts = new Map<string, Promise<AttemptOutcome>>();
  private lastJob = 0;
  private onCaseDone: ((count: number) => void) | undefined;
  private readonly input: unknown;

  constructor(drill: Pick<Drill, 'input'>) {
    this.input = drill.input;
  }

  /** What is right about each prediction on this seed. @throws Error in words. */
  async truths(seed: number): Promise<Truths> {
    const answer = await this.ask({ type: 'truths', seed });
    if (answer.type !== 'truths') throw new Error('The judge gave another answer than was asked for.');
    return { truths: answer.truths, scriptError: answer.scriptError };
  }

  /** What an attempt comes to; the same attempt is run once. @throws Error in words. */
  attempt(seed: number, step: string, commands: DrillCommand[]): Promise<AttemptOutcome> {
    const name = JSON.stringify([seed, step, commands]);
    const known = this.attempts.get(name) ?? this.runAttempt(seed, step, commands);
    this.attempts.set(name, known);
    // What broke may be asked for again.
    known.catch(() => this.attempts.delete(name));
    return known;
  }

  private async runAttempt(seed: number, step: string, commands: DrillCommand[]): Promise<AttemptOutcome> {
    const answer = await this.ask({ type: 'attempt', seed, step, commands });
    if (answer.type !== 'attempt') throw new Error('The judge gave another answer than was asked for.');
    return answer.outcome;
  }

  /**
   * The drill's own tests, all of them; `close` ends them early, and then they never answer.
   * @param onDone told how many are done, each time one is. @throws Error in words.
   */
  async cases(onDone?: (count: number) => void): Promise<CaseResult[]> {
    this.onCaseDone = onDone;
    const answer = await this.ask({ type: 'cases' });
    if (answer.type !== 'cases') throw new Error('The judge gave another answer than was asked for.');
    return answer.cases;
  }

  /** Lets go of the worker. */
  close(): void {
    this.worker?.terminate();
    this.worker = null;
    this.waiting.clear();
    this.attempts.clear();
  }

  private async ask(job: Job): Promise<FromDrillWorker> {
    const worker = this.worker ?? this.start();
    const answer = await this.send(worker, job);
    if (answer.type === 'failed') throw new Error(answer.message);
    return answer;
  }

  private send(worker: Worker, job: Job): Promise<FromDrillWorker> {
    const message = { ...job, job: ++this.lastJob };
    return new Promise((resolve) => {
      this.waiting.set(message.job, { message, resolve });
      worker.postMessage(message);
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL('../../../src/host/drillWorker.ts', import.meta.url), {
      type: 'module',
      name: 'hotpath-judge',
    });
    this.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromDrillWorker>) => {
      if (data.type === 'case-done') {
        this.onCaseDone?.(data.count);
        return;
      }
      this.waiting.get(data.job)?.resolve(data);
      this.waiting.delete(data.job);
    };
    worker.onerror = (event) => {
      worker.terminate();
      if (this.worker === worker) this.worker = null;
      const lost = [...this.waiting.entries()];
      this.waiting.clear();
      for (const [job, { resolve }] of lost)
        resolve({ type: 'failed', job, message: event.message || 'The judge could not be started.' });
    };
    void this.send(worker, { type: 'load', drill: this.input });
    return worker;
  }
}
