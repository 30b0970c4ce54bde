import * as z from 'zod/mini';
import { moment, text } from '../scenario/fields.ts';

/** The parts of the subject that an experiment or a claim can belong to, in the order of the catalogue. */
export const experimentTopics = [
  'latency',
  'patterns',
  'staleness',
  'eviction',
  'failure',
  'distribution',
  'redis',
  'http',
  'companies',
  'when-not',
] as const;

/** Part of the subject. */
export type ExperimentTopic = (typeof experimentTopics)[number];

/** Names that checks can use as they stand: none of the words that mean something there. */
const name = (error: string) =>
  z.string().check(z.regex(/^(?!(?:over|for|within|between|and|of|it)$)[a-z][A-Za-z0-9]{0,29}$/, { error }));
const wholeSeed = 'expected a whole number from 0 to 4294967295';
const setting = z.union([z.string().check(z.maxLength(60)), z.number(), z.boolean()]);
const reason = text(400).check(z.minLength(15, { error: 'expected the reason, in 15 characters or more' }));

/** Id of a claim in the catalogue. */
export const claimId = z
  .string({ error: () => 'expected the id of a claim, like F2' })
  .check(z.regex(/^[A-Z]\d+[a-z]?$/, { error: 'expected the id of a claim, like F2' }));

/** A document by the first three digits of its name; YAML reads them as a number, with or without leading zeros. */
export const sourceNumber = z.pipe(
  z.union([z.string(), z.number()], { error: () => 'expected the three digits of a document, like 001' }),
  z.transform((value: string | number, context): string => {
    const digits = String(value).padStart(3, '0');
    if (/^\d{3}$/.test(digits)) return digits;
    context.issues.push({ code: 'custom', input: value, message: 'expected the three digits of a document, like 001' });
    return '';
  }),
);

/** Settings by path and what happens during the run; `faults` come after those of the scenario, `replaceFaults` instead. */
const changes = {
  set: z._default(z.record(text(80), setting), {}),
  /** Read as the acts that they are once the scenario is known. */
  faults: z._default(z.array(z.unknown()).check(z.maxLength(200)), []),
  replaceFaults: z.optional(z.array(z.unknown()).check(z.maxLength(200))),
};

const variant = z.strictObject({
  /** What people see; the name unless given. */
  title: z.optional(text(60)),
  ...changes,
});

/** A quantity, a setting, an expression, or a closed form with its arguments. */
const namedValue = z.union([
  text(300),
  z.number(),
  z.strictObject({ form: text(60), with: z._default(z.record(text(40), z.union([text(300), z.number()])), {}) }),
]);

const labelled = z.array(z.strictObject({ label: text(60), value: text(300) })).check(z.minLength(1), z.maxLength(6));
const figure = z.union([text(300), labelled]);

/** An experiment: a claim, the scenario that shows it in one to four variants, and what is expected of each. Version 1. */
export const experimentSchema = z.strictObject({
  experiment: z.literal(1, { error: () => 'expected 1, the version of this format' }),
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, { error: 'expected lower-case words joined by hyphens' })),
  title: text(80),
  topic: z.enum(experimentTopics),
  claims: z.array(claimId).check(z.minLength(1), z.maxLength(12)),
  /** What is claimed, in a sentence of our own. */
  claim: text(400).check(z.minLength(10)),
  source: z.union([sourceNumber, z.array(sourceNumber).check(z.minLength(1), z.maxLength(5))]),
  /** Id of a scenario of the library, or a scenario written here. */
  scenario: z.union([text(60), z.record(text(40), z.unknown())]),
  ...changes,
  variants: z.prefault(z.record(name('expected one word, like without or singleFlight'), variant), { only: {} }),
  seeds: z
    .array(z.number({ error: () => wholeSeed }).check(z.int(), z.gte(0), z.lte(4294967295)))
    .check(z.minLength(3, { error: 'expected at least three seeds' }), z.maxLength(20)),
  /** Where the runs end; the end of the scenario unless given. A later time makes the scenario longer. */
  until: z.optional(moment({ max: '30d' })),
  moments: z._default(z.record(name('expected one word, like expire'), moment({ max: '30d' })), {}),
  /** What is shown on arrival when somebody opens the experiment. */
  at: z.optional(moment({ max: '30d' })),
  speed: z.optional(z.number().check(z.gte(0.0001), z.lte(1000))),
  values: z._default(z.record(name('expected one word, like expected'), namedValue), {}),
  expect: z
    .array(z.strictObject({ check: text(400), why: reason }))
    .check(z.minLength(1, { error: 'expected at least one check' }), z.maxLength(20)),
  figures: z.strictObject({
    /** The figure of the documents, as a fact in a few words. */
    document: z.optional(text(60)),
    ours: figure,
    theory: z.optional(figure),
  }),
  /** What must be said where the true figure is another than the documents'. */
  corrected: z.optional(text(600).check(z.minLength(15))),
});

/** An experiment as written in a file, before validation. */
export type ExperimentInput = z.input<typeof experimentSchema>;
/** An experiment whose form is right; names, checks and settings in it are still to be read. */
export type ExperimentForm = z.infer<typeof experimentSchema>;
