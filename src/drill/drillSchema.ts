import * as z from 'zod/mini';
import { moment, text } from '../scenario/fields.ts';

/** Longest drill, and the most a step may take. */
const real = moment({ max: '8h' });
const clockTime = z
  .string()
  .check(z.regex(/^\d\d:\d\d:\d\d$/, { error: 'expected a time of day as "HH:MM:SS" in quotes' }));
/** A virtual time: on the clock of the drill or since its start; read once the clock is known. */
const when = z.union([z.string().check(z.maxLength(20)), z.number()], {
  error: () => 'expected a time of day in quotes, like "11:00:00", or a time since the start, like 30s',
});
const seed = z
  .number({ error: () => 'expected a whole number from 0 to 4294967295' })
  .check(z.int(), z.gte(0), z.lte(4294967295));
/** Names that checks can use as they stand. */
const name = z.string().check(
  z.regex(/^(?!(?:over|for|within|between|and|of|it)$)[a-z][A-Za-z0-9]{0,29}$/, {
    error: 'expected one word, like expire or slowDb',
  }),
);
const hyphened = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'expected lower-case words joined by hyphens' }));
const points = z.number({ error: () => 'expected points, a number from 0 to 100' }).check(z.gte(0), z.lte(100));
const settings = z.record(text(80), z.union([z.string().check(z.maxLength(60)), z.number(), z.boolean()]));
const prose = text(2000).check(z.minLength(1, { error: 'expected some text' }));
const line = text(300).check(z.minLength(1, { error: 'expected some text' }));
const check = text(400).check(z.minLength(1, { error: 'expected a check, like max(database.qps) < 300' }));
const optionText = z.union([z.string().check(z.maxLength(200)), z.number(), z.boolean()]);
const answerValue = z.union([
  z.number(),
  z.string().check(z.maxLength(2000)),
  z.array(z.string().check(z.maxLength(40))),
]);

const interviewer = z.strictObject({
  listen_for: z._default(z.array(line).check(z.maxLength(20)), []),
  note: z._default(text(2000), ''),
});
const hint = z.strictObject({ cost: z._default(points, 0), after: z.optional(real), text: prose });

const options = z.record(name, optionText);
const answer = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('number'), unit: z._default(text(30), ''), correct: z.optional(z.number()) }),
    z.strictObject({ type: z.literal('choice'), options, correct: z.optional(name) }),
    z.strictObject({
      type: z.literal('order'),
      options,
      direction: z._default(z.enum(['most', 'least']), 'most'),
      correct: z.optional(z.array(name)),
    }),
    z.strictObject({
      type: z.literal('text'),
      min_words: z._default(z.number().check(z.int(), z.gte(0), z.lte(1000)), 0),
    }),
  ],
  { error: () => 'expected `type:` to be one of number, choice, order, text' },
);
const textAnswer = z.strictObject({
  type: z.literal('text', { error: () => 'expected text: a person scores what is explained' }),
  min_words: z._default(z.number().check(z.int(), z.gte(0), z.lte(1000)), 0),
});

const base = {
  id: name,
  limit: real,
  hints: z._default(z.array(hint).check(z.maxLength(12)), []),
  interviewer: z.optional(interviewer),
};
const run = z.strictObject({
  to: z.optional(when),
  speed: z.optional(z.number().check(z.gte(0.0001), z.lte(1000))),
  show: z._default(z.array(text(200)).check(z.maxLength(8)), []),
});
/** A check, of a choice one for each option, of an order a figure for each. */
const truth = z.union([check, z.record(name, check)], {
  error: () => 'expected a figure like max(database.qps), or one line for each option',
});
const question = {
  ask: prose,
  answer,
  truth: z.optional(truth),
  accept: z.optional(
    z.strictObject({ factor: z.number().check(z.gte(1), z.lte(1000)), half: z.number().check(z.gte(1), z.lte(10000)) }),
  ),
  confidence: z.optional(z.boolean({ error: () => 'expected true or false' })),
  points: z._default(points, 0),
};
const rubric = z.array(
  z.strictObject({
    id: name,
    title: z.optional(line),
    points,
    levels: z.optional(
      z.strictObject({ 4: z.optional(line), 3: z.optional(line), 2: z.optional(line), 1: z.optional(line) }),
    ),
  }),
);

const taskCheck = z.strictObject({
  id: name,
  expect: check,
  from: z.optional(name),
  points: z._default(points, 0),
  gate: z._default(z.boolean({ error: () => 'expected true or false' }), false),
  secret: z._default(z.boolean({ error: () => 'expected true or false' }), false),
  seeds: z._default(z.array(seed).check(z.maxLength(10)), []),
  fail: z._default(text(600), ''),
});

/** A whole number of percent or a share: `70%`. */
const share = z.union([z.string(), z.number()], { error: () => 'expected a share, like 70%' });

const step = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ ...base, kind: z.literal('brief'), text: prose }),
    z.strictObject({ ...base, kind: z.literal('predict'), ...question }),
    z.strictObject({
      ...base,
      kind: z.literal('observe'),
      text: z._default(text(2000), ''),
      run: z.prefault(run, {}),
      ...question,
      ask: z.optional(prose),
      answer: z.optional(answer),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('intervene'),
      task: prose,
      attempts: z._default(z.number().check(z.int(), z.gte(1), z.lte(20)), 3),
      allow: z.array(text(80)).check(z.minLength(1, { error: 'expected at least one setting' }), z.maxLength(30)),
      run: z.prefault(run, {}),
      checks: z.array(taskCheck).check(z.minLength(1, { error: 'expected at least one check' }), z.maxLength(20)),
      solutions: z._default(z.record(hyphened, z.strictObject({ set: settings })), {}),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('explain'),
      ask: prose,
      answer: z.prefault(textAnswer, { type: 'text' }),
      rubric: rubric.check(z.minLength(1, { error: 'expected at least one line' }), z.maxLength(8)),
    }),
    z.strictObject({ ...base, kind: z.literal('ask'), ...question }),
    z.strictObject({
      ...base,
      kind: z.literal('talk'),
      text: prose,
      rubric: z._default(rubric.check(z.maxLength(8)), []),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('score'),
      pass: z.prefault(
        z.strictObject({
          total: z._default(share, '70%'),
          step: z._default(z.record(name, share), {}),
          rubric: z._default(z.number().check(z.int(), z.gte(0), z.lte(4)), 0),
        }),
        {},
      ),
      reveal: z._default(z.array(z.enum(['truth', 'solutions', 'secret'])), ['truth', 'solutions', 'secret']),
    }),
  ],
  {
    error: () => 'expected `kind:` to be one of brief, predict, observe, intervene, explain, ask, talk, score',
  },
);

/** The rest is an act of a scenario, and read as one. */
const fault = z.looseObject({
  id: z.optional(name),
  secret: z._default(z.boolean({ error: () => 'expected true or false' }), false),
  at: when,
});

const system = z.strictObject({
  /** Id of a scenario of the library, or a scenario written here. */
  scenario: z.union([text(60), z.record(text(40), z.unknown())]),
  set: z._default(settings, {}),
});

const drillCase = z.strictObject({
  name: line,
  answers: z._default(z.record(name, answerValue), {}),
  set: z._default(settings, {}),
  use: z._default(z.record(name, hyphened), {}),
  rubric: z._default(z.record(name, z.number().check(z.int(), z.gte(0), z.lte(4))), {}),
  hints: z._default(z.record(name, z.number().check(z.int(), z.gte(0), z.lte(12))), {}),
  expect: z.record(name, z.union([z.string().check(z.maxLength(40)), z.boolean()])),
});

/** A drill as its file has it. Version 1; contract: the drill script of the design papers. */
export const drillSchema = z.strictObject({
  drill: z.literal(1, { error: () => 'expected 1, the version of this format' }),
  /** Present in what `splitDrill` makes. */
  part: z.optional(z.literal('script', { error: () => 'expected script, or nothing' })),
  hash: z.optional(z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/, { error: 'expected sha256: and 64 digits' }))),
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, { error: 'expected lower-case words joined by hyphens' })),
  title: text(80).check(z.minLength(1, { error: 'expected some text' })),
  skills: z._default(z.array(hyphened).check(z.maxLength(12)), []),
  level: z._default(z.enum(['junior', 'mid', 'senior'], { error: () => 'expected junior, mid or senior' }), 'mid'),
  minutes: z.number().check(z.gt(0), z.lte(480)),
  seed: z._default(seed, 1),
  variants: z.optional(
    z.strictObject({
      by: z.literal('learner', { error: () => 'expected learner' }),
      from: z.array(seed).check(z.minLength(1), z.maxLength(20)),
    }),
  ),
  strict: z._default(z.boolean({ error: () => 'expected true or false' }), false),
  clock: z.optional(z.strictObject({ start: clockTime, end: clockTime })),
  system,
  steady: z._default(z.array(check).check(z.maxLength(10)), []),
  /** Each `at`, `do` and what that needs, as in a scenario; with `id` and `secret` besides. */
  faults: z._default(z.array(fault).check(z.maxLength(100)), []),
  steps: z.array(step).check(z.minLength(1, { error: 'expected at least one step' }), z.maxLength(20)),
  cards: z._default(
    z.array(z.strictObject({ q: line, a: text(600).check(z.minLength(1)) })).check(z.maxLength(12)),
    [],
  ),
  ci: z._default(z.array(drillCase).check(z.maxLength(30)), []),
});

/** A drill as written, before validation. */
export type DrillInput = z.input<typeof drillSchema>;
/** A drill whose form is right; names, checks, times and settings in it are still to be read. */
export type DrillForm = z.infer<typeof drillSchema>;
/** A step of that form. */
export type StepForm = DrillForm['steps'][number];
