import { columnBuffers } from '../spans/columns.ts';
import type { Batch, FromWorker, ToWorker } from './protocol.ts';
import { Session } from './Session.ts';

/** Events between two looks at the mailbox: about 20 ms of work. */
const sliceEvents = 40_000;

interface Run {
  session: Session;
  untilUs: number;
  withHash: boolean;
  scheduled: boolean;
}

const runs = new Map<number, Run>();

function post(message: FromWorker, transfer: Transferable[] = []): void {
  (self as unknown as Worker).postMessage(message, transfer);
}

function buffersOf(batch: Batch): ArrayBuffer[] {
  return [
    ...columnBuffers(batch.closed),
    ...columnBuffers(batch.open),
    batch.windows.values.buffer,
    batch.totals.buffer,
  ];
}

function guarded(number: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    const atUs = runs.get(number)?.session.horizonUs ?? 0;
    runs.delete(number);
    post({ type: 'failed', run: number, message: error instanceof Error ? error.message : String(error), atUs });
  }
}

/** Runs one slice, sends what came out, and comes back for the next unless the goal is reached. */
function slice(number: number): void {
  const run = runs.get(number);
  if (run === undefined) return;
  run.scheduled = false;
  guarded(number, () => {
    const more = !run.session.advance(run.untilUs, sliceEvents);
    const batch = run.session.take(run.withHash && !more);
    post({ type: 'batch', run: number, batch, more }, buffersOf(batch));
    if (more) schedule(number, run);
  });
}

function schedule(number: number, run: Run): void {
  if (run.scheduled) return;
  run.scheduled = true;
  setTimeout(() => slice(number), 0);
}

self.onmessage = (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  guarded(message.run, () => {
    if (message.type === 'open') {
      const session = new Session(message.scenario, message.actions);
      runs.set(message.run, { session, untilUs: 0, withHash: false, scheduled: false });
      post({ type: 'opened', run: message.run, meta: session.meta });
    } else if (message.type === 'close') {
      runs.delete(message.run);
    } else {
      const run = runs.get(message.run);
      if (run === undefined) return;
      if (message.type === 'act') {
        run.session.act(message.action);
      } else {
        run.untilUs = Math.max(run.untilUs, message.untilUs);
        run.withHash = message.withHash ?? false;
        if (!run.scheduled) slice(message.run);
      }
    }
  });
};

post({ type: 'ready' });
