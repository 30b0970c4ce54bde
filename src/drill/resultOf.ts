import { engineVersion } from '../engineVersion.ts';
import { ratioOf } from './answerPoints.ts';
import { atText } from './clockText.ts';
import type { AnswerValue, Drill, DrillStep, InterveneStep } from './Drill.ts';
import { type AttemptLog, createLog, type DrillCommand, type DrillLog, type SettingsPatch } from './DrillLog.ts';
import type { AnswerResult, CheckResultLine, CommandLine, DrillResult, ScoreSheet, StepScore } from './DrillResult.ts';
import { isoDuration } from './isoTime.ts';
import { questionOf, rubricOf } from './partsOf.ts';
import {
  answerOf,
  attemptPoints,
  bestAttempt,
  hintsOf,
  levelOf,
  rubricPoints,
  scoreSheet,
  truthOf,
} from './scoreSheet.ts';
import { statementsOf } from './statementsOf.ts';

/** Where the page is, for ids in statements, when nobody says: a name that belongs to nobody (RFC 2606). */
const noSite = 'https://hotpath.example';

/**
 * The result of a drill as plain JSON. A log that is still running counts as aborted.
 * @param options `site`: address of the page, for the ids in statements
 */
export function resultOf(drill: Drill, log: DrillLog, options: { site?: string } = {}): DrillResult {
  const sheet = scoreSheet(drill, log);
  const real = toMs(Math.max(0, ...log.steps.map(({ startS, endS }) => endS ?? startS)));
  const answers = drill.steps.flatMap((step, index) => answerLine(step, log, sheet.steps[index]));
  const isBet = ({ step }: AnswerResult) => drill.steps.some(({ id, kind }) => id === step && kind === 'predict');
  const tasks = drill.steps.filter((step): step is InterveneStep => step.kind === 'intervene');
  const graded = tasks.flatMap((step) =>
    log.attempts.filter((attempt) => attempt.step === step.id).map((attempt) => ({ step, attempt })),
  );
  const { clock } = drill.scenario;
  const result: Omit<DrillResult, 'statements'> = {
    hotpathResult: 1,
    drill: { id: drill.id, title: drill.title, hash: drill.hash },
    engine: engineVersion,
    site: (options.site ?? noSite).replace(/\/+$/, ''),
    seed: log.seed,
    mode: log.mode,
    status: log.status === 'running' ? 'aborted' : log.status,
    startedAt: log.startedAt,
    extraTime: log.extraTime,
    ...(log.learner === undefined ? {} : { learner: log.learner }),
    real,
    duration: isoDuration(real),
    totals: sheet.totals,
    incomplete: sheet.incomplete,
    floors: sheet.floors,
    steps: stepLines(drill, log, sheet),
    predictions: answers.filter(isBet),
    answers: answers.filter((line) => !isBet(line)),
    attempts: graded.map(({ step, attempt }) => attemptLine(step, attempt, log)),
    checks: graded.flatMap(({ step, attempt }) => checkLines(step, attempt, clock)),
    hints: drill.steps.flatMap((step) =>
      hintsOf(log, step).map(({ n, atS }) => ({ step: step.id, n, cost: step.hints[n - 1].cost, real: toMs(atS) })),
    ),
    rubric: drill.steps.flatMap(rubricOf).map(({ id, points }) => {
      const given = levelOf(log, id);
      const { level = null, by = null, note = '', atS } = given ?? {};
      const brought = rubricPoints(points, given?.level);
      return { id, level, points: brought, max: points, by, note, real: atS === undefined ? null : toMs(atS) };
    }),
    faults: faultLines(drill, log),
    commands: graded.flatMap(({ step, attempt }) => commandLines(step.id, attempt, clock)),
    notes: log.notes.map(({ atS, text }) => ({ real: toMs(atS), text })),
    script: drill.input,
  };
  return { ...result, statements: statementsOf(result) };
}

/** The log that a result was made of, without what runs said (truths, outcomes): for replay. */
export function logOf(result: DrillResult): DrillLog {
  const { seed, mode, status, startedAt, extraTime, learner } = result;
  const answers = [...result.predictions, ...result.answers].flatMap(({ step, given, confidence, real }) =>
    given === null ? [] : [{ step, value: given, atS: real ?? 0, ...(confidence === null ? {} : { confidence }) }],
  );
  const ofAttempt = (step: string, attempt: number): DrillCommand[] =>
    result.commands
      .filter((line) => line.step === step && line.attempt === attempt)
      .map((line) => ('set' in line ? { us: line.us, set: line.set } : { us: line.us, inject: line.inject }));
  return createLog({
    seed,
    mode,
    status,
    startedAt,
    extraTime,
    answers,
    ...(learner === undefined ? {} : { learner }),
    steps: result.steps.flatMap(({ id, start, real, extended, skipped, expired }) =>
      start === null
        ? []
        : [
            {
              id,
              startS: start,
              extendedS: extended,
              skipped,
              expired,
              ...(real === null ? {} : { endS: toMs(start + real) }),
            },
          ],
    ),
    attempts: result.attempts.map(({ step, attempt, real }) => ({
      step,
      attempt,
      atS: real,
      commands: ofAttempt(step, attempt),
    })),
    hints: result.hints.map(({ step, n, real }) => ({ step, n, atS: real })),
    rubric: result.rubric.flatMap(({ id, level, by, note, real }) =>
      level === null || by === null ? [] : [{ id, level, by, atS: real ?? 0, ...(note === '' ? {} : { note }) }],
    ),
    notes: result.notes.map(({ real, text }) => ({ atS: real, text })),
  });
}

/** Real time to the millisecond: sums and differences of such numbers come out the same when they are read back. */
function toMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function stepLines(drill: Drill, log: DrillLog, sheet: ScoreSheet): DrillResult['steps'] {
  return drill.steps.map((step, index) => {
    const time = log.steps.filter(({ id }) => id === step.id).at(-1);
    const { startS, endS, extendedS = 0, skipped = false, expired = false } = time ?? {};
    const start = startS === undefined ? null : toMs(startS);
    return {
      ...sheet.steps[index],
      start,
      real: start === null || endS === undefined ? null : toMs(toMs(endS) - start),
      limit: step.limitS,
      extended: toMs(extendedS),
      skipped,
      expired,
    };
  });
}

function answerLine(step: DrillStep, log: DrillLog, score: StepScore): AnswerResult[] {
  const question = questionOf(step);
  if (question === undefined && step.kind !== 'explain') return [];
  const answer = answerOf(log, step.id);
  const given = answer?.value ?? null;
  const truth = question === undefined ? null : (truthOf(question, step.id, log) ?? null);
  return [
    {
      step: step.id,
      given,
      truth,
      ratio: ratioBetween(given, truth),
      confidence: answer?.confidence ?? null,
      points: question === undefined ? score.human : score.auto,
      max: step.points,
      real: answer === undefined ? null : toMs(answer.atS),
    },
  ];
}

function ratioBetween(given: AnswerValue | null, truth: AnswerValue | null): number | null {
  if (typeof given !== 'number' || typeof truth !== 'number') return null;
  const ratio = ratioOf(given, truth);
  return Number.isFinite(ratio) ? Number(ratio.toPrecision(4)) : null;
}

function attemptLine(step: InterveneStep, attempt: AttemptLog, log: DrillLog): DrillResult['attempts'][number] {
  const settings: Record<string, SettingsPatch[string]> = {};
  for (const command of attempt.commands)
    if ('set' in command) for (const [path, value] of Object.entries(command.set)) settings[path] = value;
  return {
    step: step.id,
    attempt: attempt.attempt,
    real: toMs(attempt.atS),
    settings,
    points: attemptPoints(step, attempt.outcome),
    best: bestAttempt(step, log) === attempt,
    hash: attempt.outcome?.hash ?? null,
  };
}

function checkLines(
  step: InterveneStep,
  { attempt, outcome }: AttemptLog,
  clock: string | undefined,
): CheckResultLine[] {
  const isOpen = attemptPoints(step, outcome) > 0;
  return (outcome?.checks ?? []).map((check) => {
    const { id, status, expect, observed, unit, atUs, windowUs, seed, message } = check;
    const points = isOpen && status === 'pass' ? (step.checks.find((one) => one.id === id)?.points ?? 0) : 0;
    const at = atUs === null ? null : atText(atUs, clock);
    return { step: step.id, attempt, id, status, expect, observed, unit, at, windowUs, seed, message, points };
  });
}

function commandLines(step: string, { attempt, commands }: AttemptLog, clock: string | undefined): CommandLine[] {
  return commands.map((command) => {
    const at = { t: atText(command.us, clock), us: command.us, step, attempt };
    return 'set' in command ? { ...at, set: command.set } : { ...at, inject: command.inject };
  });
}

function faultLines(drill: Drill, log: DrillLog): DrillResult['faults'] {
  const { clock } = drill.scenario;
  const own = drill.faults.map(({ id, atUs, action, secret }) => ({
    id: id ?? null,
    t: atText(atUs, clock),
    us: atUs,
    do: action.do,
    secret,
    injected: false,
  }));
  const injected = log.attempts.flatMap(({ commands }) =>
    commands.flatMap((one) =>
      'inject' in one
        ? [{ id: null, t: atText(one.us, clock), us: one.us, do: one.inject.do, secret: false, injected: true }]
        : [],
    ),
  );
  return [...own, ...injected];
}
