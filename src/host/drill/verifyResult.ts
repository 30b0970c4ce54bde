import { canonicalJson } from '../../drill/canonicalJson.ts';
import type { Drill } from '../../drill/Drill.ts';
import type { AttemptLog, DrillLog } from '../../drill/DrillLog.ts';
import type { DrillResult } from '../../drill/DrillResult.ts';
import { readDrillValue } from '../../drill/readDrill.ts';
import { logOf, resultOf } from '../../drill/resultOf.ts';
import { scenarioOfAttempt } from '../../drill/scenarioOfDrill.ts';
import { splitDrill } from '../../drill/splitDrill.ts';
import { engineVersion } from '../../engineVersion.ts';
import { formatProblem, joinPath } from '../../scenario/problems.ts';
import { settingInfo } from '../../scenario/settings.ts';
import { shortValue } from './shortValue.ts';
import { runAttempt, runUntouched } from './runAttempt.ts';

/** Something in a result that its own log does not bear out. */
export interface Difference {
  /** Like `checks[2].observed`. */
  path: string;
  claimed: string;
  found: string;
}

/** What a replay of a result came to. */
export interface Verification {
  differences: Difference[];
  /** What a reader should know although nothing is wrong. */
  remarks: string[];
  /** The result of the replay; scored with the whole drill where the result holds a script only and that was given. */
  replayed: DrillResult | null;
}

/** Most differences that are listed. */
const listed = 100;

/**
 * Runs the log of a result again and compares everything that follows from it: truths, checks, points, totals, statements.
 * What people said themselves (answers, times, levels of rubrics, hints opened) stands as it is; nothing can prove it.
 * @param whole the drill, where there is one to hold the script against
 * @throws whatever breaks the engine.
 */
export function verifyResult(claimed: DrillResult, whole?: Drill): Verification {
  const differences: Difference[] = [];
  const say = (path: string, is: unknown, found: unknown): number =>
    differences.push({ path, claimed: shortValue(is), found: shortValue(found) });
  const read = readDrillValue(claimed.script);
  if ('problems' in read) {
    say('script', 'a drill', read.problems.map(formatProblem).join(' · '));
    return { differences, remarks: [], replayed: null };
  }
  const { drill } = read;
  if (claimed.drill.hash !== drill.hash) say('drill.hash', claimed.drill.hash, drill.hash);
  if (whole !== undefined) scriptDifferences(drill, whole, say);
  forbiddenActs(claimed, drill, say);
  const log = logOf(claimed);
  if (differences.length === 0) attemptsThatCannotRun(log, whole ?? drill, say);
  if (differences.length > 0) return { differences, remarks: remarksOf(claimed, drill, whole), replayed: null };
  const replays =
    whole === undefined || drill.part === 'whole'
      ? [replay(drill, claimed, log)]
      : candidateReplays(drill, whole, claimed, log);
  const compared = replays.map((one) => {
    const found: Difference[] = [];
    compare(claimed, resultOf(drill, one, { site: claimed.site }), [], found);
    return found;
  });
  const fewest = compared.reduce((best, one) => (one.length < best.length ? one : best));
  const isKeyed = whole !== undefined && drill.part === 'script';
  const scored = isKeyed
    ? resultOf(whole, scoredLog(whole, log), { site: claimed.site })
    : resultOf(drill, replays[0], { site: claimed.site });
  return { differences: fewest.slice(0, listed), remarks: remarksOf(claimed, drill, whole), replayed: scored };
}

function remarksOf({ engine }: DrillResult, drill: Drill, whole: Drill | undefined): string[] {
  const remarks: string[] = [];
  if (engine !== engineVersion) remarks.push(`made by engine ${engine}, replayed by engine ${engineVersion}`);
  if (drill.part === 'script') remarks.push('the result holds the script only: truths and secret checks are not in it');
  if (whole === undefined) remarks.push('no drill was given to hold the script against: --script FILE does');
  return remarks;
}

type Say = (path: string, claimed: unknown, found: unknown) => number;

function scriptDifferences(drill: Drill, whole: Drill, say: Say): void {
  if (drill.hash !== whole.hash) say('script', drill.hash, whole.hash);
  else if (drill.part === 'script' && canonicalJson(drill.input) !== canonicalJson(splitDrill(whole).script))
    say('script', 'the script of this drill', 'another text under its hash');
}

/** Acts that the drill does not let a learner do. */
function forbiddenActs({ commands, attempts, mode, hints }: DrillResult, drill: Drill, say: Say): void {
  const taskOf = (id: string) => drill.steps.find((step) => step.id === id && step.kind === 'intervene');
  attempts.forEach(({ step, attempt }, index) => {
    const task = taskOf(step);
    if (task?.kind !== 'intervene') say(`attempts[${index}].step`, step, 'no task of this drill');
    else if (attempt > task.attempts) say(`attempts[${index}].attempt`, attempt, `${task.attempts} at most`);
    if (attempts.findIndex((one) => one.step === step && one.attempt === attempt) < index)
      say(`attempts[${index}]`, attempt, 'an attempt of this number before it');
  });
  commands.forEach((command, index) => {
    const at = `commands[${index}]`;
    const task = taskOf(command.step);
    if (!attempts.some(({ step, attempt }) => step === command.step && attempt === command.attempt))
      say(at, `${command.step}, attempt ${command.attempt}`, 'no such attempt');
    if (command.us > drill.scenario.duration) say(`${at}.us`, command.us, `${drill.scenario.duration} at most`);
    if ('inject' in command) {
      if (mode !== 'interviewer' && mode !== 'candidate') say(`${at}.inject`, 'a fault let in', 'nobody to let it in');
    } else if (task?.kind === 'intervene')
      for (const path of Object.keys(command.set))
        if (!task.allow.includes(path)) say(`${at}.set`, path, `locked; allowed: ${task.allow.join(', ')}`);
        else if (command.us > 0 && settingInfo(path)?.live === false)
          say(`${at}.set`, path, 'a setting that can change while it runs');
  });
  hints.forEach(({ step, n }, index) => {
    if (drill.steps.find(({ id }) => id === step)?.hints[n - 1] === undefined)
      say(`hints[${index}]`, `hint ${n} of ${step}`, 'no such hint');
  });
}

/** Settings and faults that the system cannot have, whatever their times. */
function attemptsThatCannotRun({ attempts, seed }: DrillLog, drill: Drill, say: Say): void {
  attempts.forEach(({ commands }, index) => {
    try {
      scenarioOfAttempt(drill, commands, seed);
    } catch (error) {
      say(`attempts[${index}]`, 'commands that can be run', error instanceof Error ? error.message : String(error));
    }
  });
}

/** The same log with what runs say about it, as far as the result claims that they said it. */
function replay(drill: Drill, claimed: DrillResult, log: DrillLog): DrillLog {
  const { truths } = runUntouched(drill, log.seed);
  const known = [...claimed.predictions, ...claimed.answers].flatMap(({ step, truth }) =>
    truth === null ? [] : [step],
  );
  const graded = new Set(
    claimed.attempts.flatMap(({ step, attempt, hash }) => (hash === null ? [] : [`${step} ${attempt}`])),
  );
  return {
    ...log,
    truths: Object.fromEntries(Object.entries(truths).filter(([step]) => known.includes(step))),
    attempts: log.attempts.map((one) =>
      graded.has(`${one.step} ${one.attempt}`) ? withOutcome(drill, one, log.seed) : one,
    ),
  };
}

/**
 * A candidate's window either judges by itself, with the script, or is told by the interviewer's, which has the key: then what
 * it shows is of the run with the secret faults, without the secret checks.
 */
function candidateReplays(script: Drill, whole: Drill, claimed: DrillResult, log: DrillLog): DrillLog[] {
  const shown = new Set(
    script.steps.flatMap((step) => (step.kind === 'intervene' ? step.checks.map(({ id }) => id) : [])),
  );
  const told = replay(whole, claimed, log);
  const attempts = told.attempts.map(({ outcome, ...one }) =>
    outcome === undefined
      ? one
      : { ...one, outcome: { ...outcome, checks: outcome.checks.filter(({ id }) => shown.has(id)) } },
  );
  return [replay(script, claimed, log), { ...told, attempts }];
}

/** The log with everything that the whole drill has to say about it. */
function scoredLog(whole: Drill, log: DrillLog): DrillLog {
  const { truths } = runUntouched(whole, log.seed);
  return { ...log, truths, attempts: log.attempts.map((one) => withOutcome(whole, one, log.seed)) };
}

function withOutcome(drill: Drill, attempt: AttemptLog, seed: number): AttemptLog {
  const step = drill.steps.find(({ id }) => id === attempt.step);
  if (step?.kind !== 'intervene') return attempt;
  return { ...attempt, outcome: runAttempt(drill, step, attempt.commands, seed) };
}

/** Walks two values of JSON side by side; `path` is what differs. */
function compare(claimed: unknown, found: unknown, keys: readonly PropertyKey[], differences: Difference[]): void {
  if (differences.length >= listed || Object.is(claimed, found)) return;
  const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (isMap(claimed) && isMap(found) && Array.isArray(claimed) === Array.isArray(found)) {
    for (const name of new Set([...Object.keys(claimed), ...Object.keys(found)])) {
      const next = Array.isArray(found) ? Number(name) : name;
      const of = (value: Record<string, unknown>) => (Object.hasOwn(value, name) ? value[name] : undefined);
      compare(of(claimed), of(found), [...keys, next], differences);
    }
    return;
  }
  differences.push({ path: joinPath(keys), claimed: shortValue(claimed), found: shortValue(found) });
}
