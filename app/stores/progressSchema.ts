import * as z from 'zod/mini';

/** The version of what is written now. A change of form adds one, with a migration from the form before it. */
export const progressVersion = 2;

const bets = z.record(z.string(), z.nullable(z.number()));
const places = z.array(z.number());

/** One lesson. Fields that this version does not know are kept as they are. */
const lessonSchema = z.looseObject({
  state: z.enum(['begun', 'done']),
  /** The section that was read last: 0 is the beginning, 1 the first heading. */
  section: z._default(z.number(), 0),
  /** Null stands for a bet that was passed over. */
  bets: z._default(bets, {}),
  confidence: z._default(z.record(z.string(), z.enum(['unsure', 'fairly', 'certain'])), {}),
  orders: z._default(z.record(z.string(), places), {}),
  outcomes: z._default(
    z.record(z.string(), z.looseObject({ measured: z.number(), verdict: z.enum(['right', 'near', 'off']) })),
    {},
  ),
  quizzes: z._default(z.record(z.string(), z.looseObject({ given: places, right: z.boolean() })), {}),
});

/** Everything that is kept of the course in this browser. */
const progressSchema = z.looseObject({
  hotpathProgress: z.literal(progressVersion),
  lessons: z._default(z.record(z.string(), z.unknown()), {}),
  /** The lesson that was open last. */
  last: z.optional(z.string()),
});

/** What is kept of one lesson. */
export type LessonProgress = z.infer<typeof lessonSchema>;

/** The fields of a lesson that hold answers, by the id of their question. */
export const answerFields = ['bets', 'confidence', 'orders', 'outcomes', 'quizzes'] as const;
/** One of {@link answerFields}. */
export type AnswerField = (typeof answerFields)[number];

/** What is kept of the course. */
export interface Progress {
  lessons: Readonly<Record<string, LessonProgress>>;
  last?: string;
  /** Fields that this version does not know. */
  others: Readonly<Record<string, unknown>>;
}

/** Nothing begun. */
export const emptyProgress: Progress = { lessons: {}, others: {} };

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Each makes the form of its version into that of the next. Append only: a stored form may be of any age. */
const migrations: Readonly<Record<number, (old: Plain) => Plain>> = {
  // Version 1 knew bets and whether a lesson was done, and called itself `version`.
  1: ({ done = [], bets: all = {}, ...rest }) => {
    delete rest.version;
    const isWhole = Array.isArray(done) && done.every((id) => typeof id === 'string') && isPlain(all);
    // Lessons that are none make the next version find it not whole.
    if (!isWhole) return { ...rest, hotpathProgress: 2, lessons: null };
    const ids = [...new Set<string>([...done, ...Object.keys(all)])];
    const lessons = ids.map((id) => [id, { state: done.includes(id) ? 'done' : 'begun', bets: all[id] ?? {} }]);
    return { ...rest, hotpathProgress: 2, lessons: Object.fromEntries(lessons) };
  },
};

/** What could be read of a stored text, and why the text itself has to be kept aside, if it has. */
export interface ReadProgress {
  progress: Progress;
  /** In words; empty where everything was read. */
  problem: string;
}

/** Reads what is stored, of this version or an older one. Never throws. What cannot be read is told, not dropped in silence. */
export function readProgress(text: string): ReadProgress {
  const none = (problem: string): ReadProgress => ({ progress: emptyProgress, problem });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return none('it is no JSON');
  }
  if (!isPlain(value)) return none('it is no progress of a course');
  const version = value.hotpathProgress ?? value.version;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return none('it is no progress of a course');
  if (version > progressVersion) return none('a newer version of this page wrote it');
  let migrated = value;
  for (let from = version; from < progressVersion; from++) migrated = migrations[from](migrated);
  const read = progressSchema.safeParse(migrated);
  if (!read.success) return none('it is not whole');
  const { lessons, last, ...others } = read.data;
  const kept: [string, LessonProgress][] = [];
  const broken: string[] = [];
  for (const [id, lesson] of Object.entries(lessons)) {
    const one = lessonSchema.safeParse(lesson);
    if (one.success) kept.push([id, one.data]);
    else broken.push(id);
  }
  const problem = broken.length === 0 ? '' : `it is not whole in ${broken.join(', ')}`;
  const progress = { lessons: Object.fromEntries(kept), ...(last === undefined ? {} : { last }), others };
  return { progress, problem };
}

/** The text to store, or to hand out as a file. */
export function writeProgress({ lessons, last, others }: Progress): string {
  return JSON.stringify({
    ...others,
    hotpathProgress: progressVersion,
    lessons,
    ...(last === undefined ? {} : { last }),
  });
}

/** Two progresses as one: what is done in either is done, and what was answered here stays as it is. */
export function mergeProgress(own: Progress, other: Progress): Progress {
  const merged = Object.entries(own.lessons).map(([id, mine]) => {
    if (!Object.hasOwn(other.lessons, id)) return [id, mine];
    const theirs = other.lessons[id];
    const state = mine.state === 'done' ? 'done' : theirs.state;
    const answers = answerFields.map((field) => [field, { ...theirs[field], ...mine[field] }]);
    const section = Math.max(mine.section, theirs.section);
    return [id, { ...theirs, ...mine, ...Object.fromEntries(answers), state, section }];
  });
  const lessons = { ...other.lessons, ...Object.fromEntries(merged) };
  const last = own.last ?? other.last;
  return { lessons, ...(last === undefined ? {} : { last }), others: { ...other.others, ...own.others } };
}
