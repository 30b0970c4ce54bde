import type { Trace } from '../replay/Trace.ts';
import { TraceProblem } from '../replay/TraceProblem.ts';
import { traceCommands } from './traceCommands/index.ts';
import type { Step } from './traceCommands/TraceCommand.ts';
import type { FromTraceWorker, ToTraceWorker } from './traceProtocol.ts';
import { driveTrace } from './traces/driveTrace.ts';
import { openTrace } from './traces/openTrace.ts';

type Job = Exclude<ToTraceWorker, { type: 'cancel' }>;

/** Between two messages about how far a job is. */
const progressMs = 40;

/** The trace that is open, for all commands; it stays here, and only what is computed from it leaves. */
let trace: Trace | null = null;
const jobs = new Map<number, AbortController>();
/** Ends when the last job that has come is done. */
let last: Promise<void> = Promise.resolve();

function post(message: FromTraceWorker): void {
  (self as unknown as Worker).postMessage(message);
}

/** Tells at most every 40 ms. */
function throttled(tell: () => number): (message: () => FromTraceWorker) => void {
  let nextMs = 0;
  return (message) => {
    const nowMs = tell();
    if (nowMs < nextMs) return;
    nextMs = nowMs + progressMs;
    post(message());
  };
}

async function doJob(job: Job, { signal }: AbortController): Promise<void> {
  signal.throwIfAborted();
  const progress = throttled(() => performance.now());
  const { job: number } = job;
  if (job.type === 'open') {
    const tell = (told: object & { share: number }): void =>
      progress(() => ({ type: 'progress', job: number, ...told }));
    const opened = await openTrace(job.source, job.options ?? {}, tell, signal);
    ({ trace } = opened);
    post({ type: 'opened', job: number, summary: opened.summary });
    return;
  }
  if (trace === null) throw new TraceProblem('no trace is open');
  const { command } = job;
  // The table ties each command to its own input and output, which a variable name of a command cannot say.
  const run = traceCommands[command] as (of: Trace, input: unknown) => Generator<Step<unknown>, unknown, void>;
  const output = await driveTrace(
    run(trace, job.input),
    (step) => {
      if (typeof step === 'number') progress(() => ({ type: 'progress', job: number, share: step }));
      else post({ type: 'part', job: number, command, part: step.part } as FromTraceWorker);
    },
    signal,
  );
  post({ type: 'done', job: number, command, output } as FromTraceWorker);
}

function failureOf(job: number, error: unknown, { signal }: AbortController): FromTraceWorker {
  if (signal.aborted) return { type: 'cancelled', job };
  const message = error instanceof Error ? error.message : String(error);
  const line = error instanceof TraceProblem ? error.line : undefined;
  return line === undefined ? { type: 'failed', job, message } : { type: 'failed', job, message, line };
}

function receive(message: ToTraceWorker): void {
  const { job } = message;
  if (message.type === 'cancel') {
    jobs.get(job)?.abort();
    return;
  }
  const control = new AbortController();
  jobs.set(job, control);
  last = last.then(async () => {
    try {
      await doJob(message, control);
    } catch (error) {
      post(failureOf(job, error, control));
    } finally {
      jobs.delete(job);
    }
  });
}

self.onmessage = ({ data }: MessageEvent<ToTraceWorker>) => receive(data);

post({ type: 'ready' });
