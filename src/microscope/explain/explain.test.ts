import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPolicies } from '../../policies/allPolicies.ts';
import type { Insides } from '../../policies/Insides.ts';
import { readSequence } from '../readSequence.ts';
import { type PolicyStep, type PolicyTrace, tracePolicy } from '../tracePolicy.ts';
import { isExplained } from './index.ts';

const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'];

/** Sequences with some locality, so that there are hits, ghosts and promotions; and a size. */
const runs = fc.record({
  keys: fc.array(fc.oneof(fc.constantFrom(...names), fc.constantFrom('A', 'B', 'C', 'D')), {
    minLength: 50,
    maxLength: 80,
  }),
  capacity: fc.integer({ min: 3, max: 6 }),
  seed: fc.nat(50),
});

function trace(id: string, text: string, capacity: number, seed = 1): PolicyTrace & { names: readonly string[] } {
  const entry = allPolicies.find((one) => one.id === id);
  if (entry === undefined) throw new RangeError(`no policy ${id}`);
  const sequence = readSequence(text);
  return { ...tracePolicy(entry, { sequence, capacity, seed }), names: sequence.names };
}

/** What is wrong with how a step is put into words; empty where nothing is. */
function wordsAmiss({ sentences, id, hit, victim }: PolicyStep, nameOf: readonly string[]): string[] {
  const text = sentences.join(' ');
  const goes = new RegExp(`\\b${nameOf[victim]}\\b[^.]*\\bgoes\\b|it goes`);
  return [
    /undefined|null|NaN|Infinity|\s\s/.test(text) ? 'holds what is no word' : '',
    sentences.every((sentence) => /^[A-Z0-9].*\.$/.test(sentence)) ? '' : 'is no whole sentence',
    new Set(sentences).size === sentences.length ? '' : 'repeats itself',
    text.includes(nameOf[id]) ? '' : 'does not name the key',
    /\bhits\b/.test(text) === hit ? '' : 'confuses hit and miss',
    victim < 0 || goes.test(text) ? '' : 'does not say who goes',
  ].flatMap((problem) => (problem === '' ? [] : [`${problem}: ${text}`]));
}

/** The keys that the lists of a policy say are in the cache. */
function drawnResidents({ lists }: Insides): Set<number> {
  const cells = lists.filter(({ kind }) => kind === 'resident').flatMap((list) => list.cells);
  const here = cells.filter(({ marks: all }) => !all.some(({ name, value }) => name === 'resident' && value === 0));
  return new Set(here.map(({ id }) => id));
}

const sameSet = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));

describe.each(allPolicies.map(({ id }) => [id]))('%s', (id) => {
  it('is explained at every access in whole sentences that name who goes, and draws just who is in the cache', () => {
    expect(isExplained(id)).toBe(true);
    fc.assert(
      fc.property(runs, ({ keys, capacity, seed }) => {
        const run = trace(id, keys.join(' '), capacity, seed);
        const problems: string[] = [];
        const held = new Set<number>();
        for (const step of run.steps) {
          problems.push(...wordsAmiss(step, run.names));
          for (const one of step.expired) held.delete(one);
          if (step.hit !== held.has(step.id)) problems.push(`${step.at}: hit is ${step.hit}`);
          if (step.victim >= 0 && !held.delete(step.victim)) problems.push(`${step.at}: the victim was not there`);
          if (!step.refused) held.add(step.id);
          if (held.size > capacity) problems.push(`${step.at}: too many`);
          if (!sameSet(drawnResidents(run.insides[step.at + 1]), held)) problems.push(`${step.at}: drawn otherwise`);
          if (!sameSet(new Set(step.residents), held)) problems.push(`${step.at}: residents`);
        }
        expect(problems).toEqual([]);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
