import type {
  FromTraceWorker,
  InputOf,
  OutputOf,
  PartOf,
  ToTraceWorker,
  TraceCommandName,
  TraceReaderOptions,
  TraceSource,
  TraceSummary,
} from '../../src/lab.ts';

/** How far a job is: a share of it, 0 … 1, and while a file is read what has come out of it. */
export interface TraceJobProgress {
  share: number;
  requests?: number;
  distinct?: number;
  badLines?: number;
}

/** What a job tells its owner. */
interface JobListener<Part, Result> {
  progress?: (progress: TraceJobProgress) => void;
  part?: (part: Part) => void;
  /** The last that is heard of a job is one of these three. */
  done: (result: Result) => void;
  failed: (message: string) => void;
  cancelled?: () => void;
}

type AnyListener = JobListener<unknown, unknown>;

/**
 * The page's side of the worker that holds a trace. Jobs are done in the order in which they are asked for; each can be cancelled.
 * A worker that dies fails its jobs, and the next one starts another, which holds no trace.
 */
export class TraceClient {
  private worker: Worker | null = null;
  private readonly jobs = new Map<number, AnyListener>();
  private lastJob = 0;

  /** Reads a trace; it takes the place of the one before once it is whole. Returns what cancels that. */
  open(
    source: TraceSource,
    options: TraceReaderOptions | undefined,
    listener: JobListener<never, TraceSummary>,
  ): () => void {
    return this.ask((job) => ({ type: 'open', job, source, options }), listener as AnyListener);
  }

  /** Computes something from the trace that is open. Returns what cancels that. */
  command<Name extends TraceCommandName>(
    command: Name,
    input: InputOf<Name>,
    listener: JobListener<PartOf<Name>, OutputOf<Name>>,
  ): () => void {
    // The compiler cannot see that one member of the union fits a name that is still open.
    const message = (job: number) => ({ type: 'command', job, command, input }) as ToTraceWorker;
    return this.ask(message, listener as AnyListener);
  }

  /** Lets go of the worker and of all that it does. */
  close(): void {
    this.jobs.clear();
    this.worker?.terminate();
    this.worker = null;
  }

  private ask(message: (job: number) => ToTraceWorker, listener: AnyListener): () => void {
    const job = ++this.lastJob;
    this.worker ??= this.start();
    this.jobs.set(job, listener);
    this.worker.postMessage(message(job));
    return () => {
      if (this.jobs.has(job)) this.worker?.postMessage({ type: 'cancel', job } satisfies ToTraceWorker);
    };
  }

  private start(): Worker {
    const worker = new Worker(new URL('../../src/host/traceWorker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<FromTraceWorker>) => this.hear(data);
    worker.onerror = (event) => {
      worker.terminate();
      this.worker = null;
      const lost = [...this.jobs.values()];
      this.jobs.clear();
      for (const listener of lost) listener.failed(event.message || 'The worker died, perhaps for want of memory.');
    };
    return worker;
  }

  private hear(message: FromTraceWorker): void {
    if (message.type === 'ready') return;
    const listener = this.jobs.get(message.job);
    if (listener === undefined) return;
    if (message.type === 'progress') {
      const { share, requests, distinct, badLines } = message;
      listener.progress?.({ share, requests, distinct, badLines });
      return;
    }
    if (message.type === 'part') {
      listener.part?.(message.part);
      return;
    }
    this.jobs.delete(message.job);
    if (message.type === 'opened') listener.done(message.summary);
    else if (message.type === 'done') listener.done(message.output);
    else if (message.type === 'cancelled') listener.cancelled?.();
    else listener.failed(message.line === undefined ? message.message : `Line ${message.line}: ${message.message}`);
  }
}
