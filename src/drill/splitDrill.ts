import * as z from 'zod/mini';
import { forbiddenNames, plainCopy } from '../scenario/plainCopy.ts';
import { type Problem, problemAt } from '../scenario/problems.ts';
import { schemaProblems } from '../scenario/schemaProblems.ts';
import { ownValue } from '../scenario/schemaTree.ts';
import type { Drill, DrillInput } from './Drill.ts';
import { readDrillValue } from './readDrill.ts';

/** The part of a drill that only the interviewer has: places and what stands there. */
export interface DrillKey {
  drillKey: 1;
  id: string;
  /** Of the whole drill. */
  hash: string;
  /** In the order in which they go back; `insert` where a member of a list was taken out whole. */
  entries: { path: (string | number)[]; insert?: true; value: unknown }[];
}

type Plain = Record<string, unknown>;

/**
 * Splits a whole drill into what a candidate's window may load and the key; both are plain JSON. The key has everything that
 * tells an answer: what the interviewer listens for, right answers, truths, solutions, levels of rubrics, secret faults and
 * checks with their texts, review cards, and the scripted learners.
 */
export function splitDrill(drill: Drill): { script: DrillInput; key: DrillKey } {
  const script = JSON.parse(JSON.stringify(drill.input)) as Plain;
  const key: DrillKey = { drillKey: 1, id: drill.id, hash: drill.hash, entries: [] };
  const take = (holder: Plain, path: (string | number)[], name: string): void => {
    if (!Object.hasOwn(holder, name)) return;
    key.entries.push({ path: [...path, name], value: holder[name] });
    delete holder[name];
  };
  const takeSecrets = (holder: Plain, path: (string | number)[], name: string): void => {
    const list = (holder[name] ?? []) as Plain[];
    list.forEach((value, index) => {
      if (value.secret === true) key.entries.push({ path: [...path, name, index], insert: true, value });
    });
    if (list.length > 0) holder[name] = list.filter(({ secret }) => secret !== true);
  };
  for (const name of ['cards', 'ci']) take(script, [], name);
  takeSecrets(script, [], 'faults');
  (script.steps as Plain[]).forEach((step, index) => {
    const at = ['steps', index];
    for (const name of ['interviewer', 'truth', 'solutions']) take(step, at, name);
    if (step.answer !== undefined) take(step.answer as Plain, [...at, 'answer'], 'correct');
    ((step.rubric ?? []) as Plain[]).forEach((line, number) => take(line, [...at, 'rubric', number], 'levels'));
    if (step.checks !== undefined) takeSecrets(step, at, 'checks');
  });
  return { script: { ...script, part: 'script', hash: drill.hash } as unknown as DrillInput, key };
}

const keySchema = z.strictObject({
  drillKey: z.literal(1, { error: () => 'expected 1, the version of this format' }),
  id: z.string(),
  hash: z.string(),
  entries: z.array(
    z.strictObject({
      path: z.array(z.union([z.string(), z.number()])).check(z.minLength(1), z.maxLength(12)),
      insert: z.optional(z.literal(true)),
      value: z.unknown(),
    }),
  ),
});

/** Puts script and key together again; the hash says whether they belong to each other. Never throws. */
export function joinDrill(script: unknown, key: unknown): { drill: Drill } | { problems: Problem[] } {
  const [scriptCopy, keyCopy] = [plainCopy(script), plainCopy(key)];
  const problems = [...scriptCopy.problems, ...keyCopy.problems];
  if (problems.length > 0) return { problems };
  const read = z.safeParse(keySchema, keyCopy.copy);
  if (!read.success) return { problems: schemaProblems(read.error.issues, keyCopy.copy, keySchema, {}) };
  const say = (message: string): { problems: Problem[] } => ({ problems: [problemAt({}, [], 'value', message)] });
  const { hash, entries } = read.data;
  const whole = scriptCopy.copy as Plain;
  if (ownValue(whole, 'hash') !== hash) return say('found a key of another drill, expected the key of this script');
  for (const { path, insert, value } of entries)
    if (!putBack(whole, path, value, insert ?? false)) return say('found a key that does not fit the script');
  delete whole.part;
  delete whole.hash;
  const joined = readDrillValue(whole);
  if ('drill' in joined && joined.drill.hash !== hash)
    return say('found a script that was changed, expected that of the key');
  return joined;
}

function putBack(root: unknown, path: readonly (string | number)[], value: unknown, insert: boolean): boolean {
  if (path.some((name) => forbiddenNames.has(String(name)))) return false;
  const last = path[path.length - 1];
  const holder = path.slice(0, -1).reduce<unknown>((here, name) => ownValue(here, name), root);
  if (typeof holder !== 'object' || holder === null) return false;
  if (Array.isArray(holder) !== (typeof last === 'number')) return false;
  if (!insert) (holder as Plain)[last] = value;
  else if (Array.isArray(holder)) holder.splice(last as number, 0, value);
  return true;
}
