import { type Drill, type FromDrillWorker, readDrillValue, type ToDrillWorker } from '../../../src/drills.ts';
// Puts in place what answers every message; it is taken over below for the one that lasts.
import '../../../src/host/drillWorker.ts';
import { runCases } from '../../../src/host/drill/runCases.ts';
import { messageOf } from '../messageOf.ts';
import type { CaseDone } from './CaseDone.ts';
import { plannedTests } from './plannedTests.ts';

const answer = self.onmessage as ((event: MessageEvent<ToDrillWorker>) => void) | null;
let drill: Drill | undefined;

function post(message: FromDrillWorker | CaseDone): void {
  (self as unknown as Worker).postMessage(message);
}

/** The drill's own tests, which say how far they have come. */
function runTests(tested: Drill, job: number): void {
  const of = plannedTests(tested).length;
  const onProgress = (share: number) => post({ type: 'case-done', job, count: Math.round(share * of) });
  try {
    post({ type: 'cases', job, cases: runCases(tested, { onProgress }) });
  } catch (error) {
    post({ type: 'failed', job, message: messageOf(error) });
  }
}

self.onmessage = (event: MessageEvent<ToDrillWorker>) => {
  const { data } = event;
  if (data.type === 'cases' && drill !== undefined) {
    runTests(drill, data.job);
    return;
  }
  if (data.type === 'load') {
    const read = readDrillValue(data.drill);
    drill = 'drill' in read ? read.drill : undefined;
  }
  answer?.(event);
};
