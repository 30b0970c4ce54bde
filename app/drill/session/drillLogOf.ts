import {
  createLog,
  type DrillCommand,
  type DrillLog,
  type DrillMode,
  type GivenAnswer,
  type StepTime,
} from '../../../src/drills.ts';
import type { Pace, SheetAct, SheetEvent } from './SheetAct.ts';

/** The factor of a pace; without limits there is nothing to multiply, which is written as 0. */
export const factorOf: Readonly<Record<Pace, number>> = { '1': 1, '1.5': 1.5, '2': 2, none: 0 };

const seconds = (ms: number) => Math.round(ms) / 1000;

/**
 * The drill's own log, from which everything that is scored is computed, out of what was done in the windows of a session.
 * @param events in order.
 */
export function drillLogOf(events: readonly SheetEvent[], mode: DrillMode): DrillLog | undefined {
  const begun = events.find(({ act }) => act.do === 'begin');
  if (begun?.act.do !== 'begin') return undefined;
  const log = createLog({
    seed: begun.act.seed,
    mode,
    startedAt: begun.act.startedAt,
    extraTime: factorOf[begun.act.pace],
  });
  const stepOf = (id: string): StepTime | undefined => log.steps.find((step) => step.id === id);
  let here: StepTime | undefined;
  for (const { atMs, act } of events) {
    const atS = seconds(atMs);
    switch (act.do) {
      case 'goto':
        if (here !== undefined) here.endS = atS;
        if (here !== undefined && act.skipped === true) here.skipped = true;
        here = stepOf(act.step);
        if (here === undefined) log.steps.push((here = { id: act.step, startS: atS }));
        else delete here.endS;
        break;
      case 'finish':
        if (here !== undefined) here.endS = atS;
        log.status = act.status;
        break;
      case 'pace':
        // Whoever needed more time at any moment had it: the most that was asked for is what is recorded.
        log.extraTime = mostTime(log.extraTime, factorOf[act.pace]);
        break;
      case 'extend':
        onStep(stepOf(act.step), (step) => (step.extendedS = (step.extendedS ?? 0) + seconds(act.ms)));
        break;
      case 'expired':
        onStep(stepOf(act.step), (step) => (step.expired = true));
        break;
      case 'answer':
        log.answers.push(answerOf(act, atS));
        break;
      case 'hint':
        if (!log.hints.some(({ step, n }) => step === act.step && n === act.n))
          log.hints.push({ step: act.step, n: act.n, atS });
        break;
      case 'rate':
        log.rubric.push({
          id: act.rubric,
          level: act.level,
          by: act.by,
          atS,
          ...(act.note === '' ? {} : { note: act.note }),
        });
        break;
      case 'note':
        log.notes.push({ atS, text: act.text });
        break;
      case 'debrief':
        log.notes.push({ atS, text: `Would watch next time: ${act.text}` });
        break;
      case 'truth':
        log.truths[act.step] = act.found;
        break;
      default:
        attempted(log, atS, act);
    }
  }
  return log;
}

function answerOf({ step, value, confidence }: SheetAct & { do: 'answer' }, atS: number): GivenAnswer {
  return { step, value, ...(confidence === undefined ? {} : { confidence }), atS };
}

/** The commands of an attempt: what was set from the start, what was turned on the way, and what an interviewer let in. */
export function commandsOf(events: readonly SheetEvent[], step: string, n: number): DrillCommand[] {
  return events
    .flatMap(({ act }) => ('n' in act && act.step === step && act.n === n ? (commandOf(act) ?? []) : []))
    .sort((a, b) => a.us - b.us);
}

/** What an act does to the run of an attempt; undefined for one that does nothing. The script's own faults are in it already. */
export function commandOf(act: SheetAct): DrillCommand | undefined {
  switch (act.do) {
    case 'attempt':
      return Object.keys(act.set).length > 0 ? { us: 0, set: act.set } : undefined;
    case 'turn':
      return { us: act.atUs, set: act.set };
    case 'inject':
      return act.byScript ? undefined : { us: act.atUs, inject: act.action };
    default:
      return undefined;
  }
}

function attempted(log: DrillLog, atS: number, act: SheetEvent['act']): void {
  if (act.do !== 'attempt' && act.do !== 'turn' && act.do !== 'inject' && act.do !== 'judged') return;
  const command = commandOf(act);
  const commands = command === undefined ? [] : [command];
  if (act.do === 'attempt') {
    log.attempts.push({ step: act.step, attempt: act.n, atS, commands });
    return;
  }
  const attempt = log.attempts.find((one) => one.step === act.step && one.attempt === act.n);
  if (attempt === undefined) return;
  if (act.do !== 'judged') attempt.commands = [...attempt.commands, ...commands].sort((a, b) => a.us - b.us);
  // What was judged with the key says more than what everybody was told.
  else if (act.outcome !== undefined && (act.whole || attempt.outcome === undefined)) attempt.outcome = act.outcome;
}

function mostTime(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : Math.max(a, b);
}

function onStep(step: StepTime | undefined, change: (step: StepTime) => void): void {
  if (step !== undefined) change(step);
}
