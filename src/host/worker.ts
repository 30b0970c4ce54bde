import { columnBuffers } from '../spans/columns.ts';
import type { Features } from '../scenario/features.ts';
import { actNeedsFeatures, needsFeatures } from '../scenario/needsFeatures.ts';
import { PlainSession } from './PlainSession.ts';
import type { Batch, FromWorker, ToWorker } from './protocol.ts';

/** Events between two looks at the mailbox: about 20 ms of work. */
const sliceEvents = 40_000;

interface Run {
  session: PlainSession;
  untilUs: number;
  withHash: boolean;
  scheduled: boolean;
}

const runs = new Map<number, Run>();
/** What the plain engine lacks; null until a run needs it. */
let features: Features | null = null;
/** What has to wait until that is here, in order; null while nothing is being fetched. */
let waiting: (() => void)[] | null = null;

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
  setTimeout(() => inTurn(() => slice(number)), 0);
}

function inTurn(work: () => void): void {
  if (waiting === null) work();
  else waiting.push(work);
}

/** Fetches what the plain engine lacks, then does what waits for it. */
async function fetchFeatures(number: number, work: () => void): Promise<void> {
  waiting = [];
  post({ type: 'fetching' });
  let lost = false;
  try {
    ({ features } = await import('../scenario/features.ts'));
  } catch {
    lost = true;
  }
  const waited = waiting;
  waiting = null;
  if (lost) guarded(number, refuse);
  else work();
  waited.forEach(inTurn);
}

function refuse(): never {
  throw new Error('A part of the engine could not be fetched. Check the connection and load the page again.');
}

function obey(message: ToWorker): void {
  if (message.type === 'open') {
    const session = new PlainSession(message.scenario, message.actions, features);
    runs.set(message.run, { session, untilUs: 0, withHash: false, scheduled: false });
    post({ type: 'opened', run: message.run, meta: session.meta });
    return;
  }
  const run = runs.get(message.run);
  if (run === undefined) return;
  if (message.type === 'close') {
    runs.delete(message.run);
  } else if (message.type === 'act') {
    if (features !== null) run.session.learn(features);
    run.session.act(message.action);
  } else {
    run.untilUs = Math.max(run.untilUs, message.untilUs);
    run.withHash = message.withHash ?? false;
    if (!run.scheduled) slice(message.run);
  }
}

function needsMore(message: ToWorker): boolean {
  if (message.type === 'open') return needsFeatures(message.scenario, message.actions);
  return message.type === 'act' && actNeedsFeatures(message.action);
}

function receive(message: ToWorker): void {
  const work = (): void => guarded(message.run, () => obey(message));
  if (features === null && needsMore(message)) void fetchFeatures(message.run, work);
  else work();
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => inTurn(() => receive(data));

post({ type: 'ready' });
