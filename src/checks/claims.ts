import * as z from 'zod/mini';
import { text } from '../scenario/fields.ts';
import { parseText } from '../scenario/parseScenario.ts';
import { plainCopy } from '../scenario/plainCopy.ts';
import { type Problem, problemAt } from '../scenario/problems.ts';
import { schemaProblems } from '../scenario/schemaProblems.ts';
import { claimId, experimentTopics, sourceNumber } from './experimentSchema.ts';

const claimsSchema = z.array(
  z.strictObject({
    id: claimId,
    topic: z.enum(experimentTopics),
    /** Documents that make it, by the first three digits of their names. */
    sources: z.array(sourceNumber).check(z.minLength(1)),
    claim: text(200).check(z.minLength(10)),
  }),
);

/** A claim of the catalogue in our own words. */
export type Claim = z.infer<typeof claimsSchema>[number];

/** Reads the catalogue of claims, a YAML list. Never throws. @returns the claims in order, or everything that is wrong. */
export function parseClaims(
  text: string,
  options: { file?: string } = {},
): { claims: Claim[] } | { problems: Problem[] } {
  const parsed = parseText(text, options);
  if ('problems' in parsed) return parsed;
  const located = { ...options, locate: parsed.locate };
  const { copy, problems } = plainCopy(parsed.value, located);
  if (problems.length > 0) return { problems };
  const read = z.safeParse(claimsSchema, copy);
  if (!read.success) return { problems: schemaProblems(read.error.issues, copy, claimsSchema, located) };
  const twice = read.data.flatMap(({ id }, index) =>
    read.data.findIndex((other) => other.id === id) === index
      ? []
      : [problemAt(located, [index, 'id'], 'value', `found the claim ${id} a second time, expected it once`)],
  );
  return twice.length > 0 ? { problems: twice } : { claims: read.data };
}
