import type { Drill } from '../drill/Drill.ts';
import { readDrillValue } from '../drill/readDrill.ts';
import { formatProblem } from '../scenario/problems.ts';
import { runAttempt, runUntouched } from './drill/runAttempt.ts';
import { plannedTests } from './drill/plannedTests.ts';
import { runCases } from './drill/runCases.ts';
import type { FromDrillWorker, ToDrillWorker } from './drillProtocol.ts';

let drill: Drill | undefined;

function post(message: FromDrillWorker): void {
  (self as unknown as Worker).postMessage(message);
}

/** Answers one message of the page. @throws Error, in words, for what cannot be done. */
function answerTo(message: ToDrillWorker): FromDrillWorker {
  const { job } = message;
  if (message.type === 'load') {
    const read = readDrillValue(message.drill);
    if ('problems' in read) throw new Error(read.problems.map(formatProblem).join(' · '));
    ({ drill } = read);
    return { type: 'loaded', job };
  }
  if (drill === undefined) throw new Error('no drill has been loaded');
  if (message.type === 'truths') {
    const { truths, unsteady } = runUntouched(drill, message.seed);
    return { type: 'truths', job, truths, scriptError: unsteady.join(' · ') };
  }
  if (message.type === 'cases') {
    const of = plannedTests(drill).length;
    const onProgress = (share: number) => post({ type: 'case-done', job, count: Math.round(share * of) });
    return { type: 'cases', job, cases: runCases(drill, { onProgress }) };
  }
  const step = drill.steps.find(({ id }) => id === message.step);
  if (step?.kind !== 'intervene') throw new Error(`no task ${message.step}`);
  return { type: 'attempt', job, outcome: runAttempt(drill, step, message.commands, message.seed) };
}

self.onmessage = (event: MessageEvent<ToDrillWorker>) => {
  let answer: FromDrillWorker;
  try {
    answer = answerTo(event.data);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    answer = { type: 'failed', job: event.data.job, message };
  }
  post(answer);
};
