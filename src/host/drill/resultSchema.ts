import * as z from 'zod/mini';
import { plainCopy } from '../../scenario/plainCopy.ts';
import { type Problem, problemAt, type ReadOptions } from '../../scenario/problems.ts';
import { schemaProblems } from '../../scenario/schemaProblems.ts';
import type { DrillResult } from '../../drill/DrillResult.ts';

/** Characters that the text of a result may have, and values it may hold. */
export const resultLimits = { textLength: 4_194_304, values: 60_000 } as const;

const name = z.string().check(z.maxLength(60));
const real = z.number().check(z.gte(0), z.lte(1e9));
const realOrNull = z.nullable(real);
const answer = z.union([z.number(), z.string(), z.array(name)]);
const answerLine = z.looseObject({
  step: name,
  given: z.nullable(answer),
  confidence: z.nullable(z.enum(['unsure', 'fairly', 'certain'])),
  real: realOrNull,
});
const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const command = {
  us: z.number().check(z.int(), z.gte(0), z.lte(1e13)),
  step: name,
  attempt: z.number().check(z.int(), z.gte(1)),
  t: z.string(),
};

/** What a replay needs of a result; everything else in it is compared, not trusted. */
const resultSchema = z.looseObject({
  hotpathResult: z.literal(1, { error: () => 'expected 1, the version of this format' }),
  drill: z.looseObject({ id: z.string(), hash: z.string() }),
  engine: z.string(),
  site: z.string().check(z.maxLength(2000)),
  seed: z.number().check(z.int(), z.gte(0), z.lte(4294967295)),
  mode: z.enum(['solo', 'candidate', 'interviewer', 'audience']),
  status: z.enum(['completed', 'expired', 'aborted']),
  startedAt: z.string().check(z.maxLength(40)),
  extraTime: z.number(),
  learner: z.optional(z.string()),
  steps: z.array(
    z.looseObject({
      id: name,
      start: realOrNull,
      real: realOrNull,
      extended: real,
      skipped: z.boolean(),
      expired: z.boolean(),
    }),
  ),
  predictions: z.array(answerLine),
  answers: z.array(answerLine),
  attempts: z.array(z.looseObject({ step: name, attempt: command.attempt, real })).check(z.maxLength(200)),
  hints: z.array(z.looseObject({ step: name, n: z.number().check(z.int(), z.gte(1)), real })),
  rubric: z.array(
    z.looseObject({
      id: name,
      note: z.string(),
      real: realOrNull,
      level: z.nullable(z.number().check(z.int(), z.gte(0), z.lte(4))),
      by: z.nullable(z.enum(['self', 'interviewer'])),
    }),
  ),
  commands: z.array(
    z.union([
      z.strictObject({ ...command, set: settings }),
      z.strictObject({ ...command, inject: z.looseObject({ do: z.string() }) }),
    ]),
  ),
  notes: z.array(z.looseObject({ real, text: z.string() })),
  script: z.unknown(),
});

/** Reads a result from JSON text of any origin. Never throws. @returns the result as it claims to be, or what is wrong. */
export function readResult(text: string, file: string): { result: DrillResult } | { problems: Problem[] } {
  const options: ReadOptions = { file };
  const refuse = (message: string): { problems: Problem[] } => ({
    problems: [problemAt(options, [], 'value', message)],
  });
  if (text.length > resultLimits.textLength)
    return refuse(`found ${text.length} characters, expected at most ${resultLimits.textLength}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('found text that is no JSON, expected a result');
  }
  const { copy, problems } = plainCopy(value, options, resultLimits.values);
  if (problems.length > 0) return { problems };
  const read = z.safeParse(resultSchema, copy);
  if (!read.success) return { problems: schemaProblems(read.error.issues, copy, resultSchema, options) };
  return { result: copy as DrillResult };
}
