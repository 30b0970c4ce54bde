import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPolicies } from '../../policies/allPolicies.ts';
import type { Insides } from '../../policies/Insides.ts';
import { readSequence } from '../readSequence.ts';
import { type PolicyStep, type PolicyTrace, tracePolicy } from '../tracePolicy.ts';

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

/** What a sentence of a policy claims, on many sequences: every match, with the step and the keys by name. */
interface Claim {
  match: RegExpExecArray;
  step: PolicyStep;
  before: Insides;
  after: Insides;
  /** Keys asked for so far, this access not included; and those to come. */
  past: string[];
  future: string[];
  /** Keys in the cache when the access came, in order of arrival. */
  residents: string[];
  capacity: number;
  nameOf: (id: number) => string;
}

function claims(id: string, pattern: RegExp, check: (claim: Claim) => void, least = 3): number {
  let count = 0;
  fc.assert(
    fc.property(runs, ({ keys, capacity: extra, seed }) => {
      const capacity = least + extra - 3;
      const run = trace(id, keys.join(' '), capacity, seed);
      for (const step of run.steps) {
        const match = pattern.exec(step.sentences.join(' '));
        if (match === null) continue;
        count++;
        const held = step.at === 0 ? [] : run.steps[step.at - 1].residents.filter((one) => !step.expired.includes(one));
        check({
          match,
          step,
          before: run.insides[step.at],
          after: run.insides[step.at + 1],
          past: keys.slice(0, step.at),
          future: keys.slice(step.at + 1),
          residents: held.map((one) => run.names[one]),
          capacity,
          nameOf: (one) => run.names[one],
        });
      }
    }),
    { numRuns: 60, seed: 3 },
  );
  return count;
}

const cellsOf = (insides: Insides, list: string) => insides.lists.find((one) => one.id === list)?.cells ?? [];
const sizeOf = (insides: Insides, list: string): number => cellsOf(insides, list).length;
const marks = (insides: Insides, list: string, mark: string): Map<number, number | undefined> =>
  new Map(cellsOf(insides, list).map((cell) => [cell.id, cell.marks.find(({ name }) => name === mark)?.value]));
const gauge = (insides: Insides, id: string): number | undefined => insides.gauges.find((one) => one.id === id)?.value;

describe('what the sentences claim', () => {
  it('LRU: the victim was used longest ago', () => {
    const found = claims(
      'lru',
      /; (\w) was used longest ago \((\w+) access(?:es)? ago\)/,
      ({ match, past, residents }) => {
        const last = (key: string): number => past.lastIndexOf(key);
        expect(residents.toSorted((a, b) => last(a) - last(b))[0]).toBe(match[1]);
        expect(past.length - last(match[1])).toBe(match[2] === 'one' ? 1 : Number(match[2]));
      },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('FIFO: the victim came in first', () => {
    const found = claims('fifo', /; (\w) came in first/, ({ match, residents }) => {
      expect(residents[0]).toBe(match[1]);
    });
    expect(found).toBeGreaterThan(100);
  });

  it('LFU: nobody has a lower count, and of those who share it the victim was used longest ago', () => {
    const found = claims('lfu', /(\w) (?:has|share) the lowest count, (\d+)/, ({ before, step, past, nameOf }) => {
      const counts = marks(before, 'lfu', 'count');
      const lowest = Math.min(...[...counts.values()].map((value) => value ?? 0));
      expect(step.sentences.join(' ')).toContain(`the lowest count, ${lowest}`);
      const tied = [...counts].filter(([, value]) => value === lowest).map(([one]) => nameOf(one));
      expect(tied.toSorted((a, b) => past.lastIndexOf(a) - past.lastIndexOf(b))[0]).toBe(nameOf(step.victim));
    });
    expect(found).toBeGreaterThan(100);
    const rises = claims('lfu', /from (\d+) to (\d+)/, ({ match, before, after, step }) => {
      expect(marks(before, 'lfu', 'count').get(step.id)).toBe(Number(match[1]));
      expect(marks(after, 'lfu', 'count').get(step.id)).toBe(Number(match[2]));
    });
    expect(rises).toBeGreaterThan(100);
  });

  it('ageing LFU: the sum is right, and nobody has a lower rank', () => {
    const sums = claims('lfu-aging', /(\d+) \+ (\d+) = (\d+)\./, ({ match, after, step }) => {
      expect(Number(match[1]) + Number(match[2])).toBe(Number(match[3]));
      expect(marks(after, 'ranks', 'rank').get(step.id)).toBe(Number(match[3]));
      expect(gauge(after, 'age')).toBe(Number(match[1]));
    });
    expect(sums).toBeGreaterThan(100);
    claims('lfu-aging', /has the lowest rank, (\d+)/, ({ match, before, after }) => {
      expect(Math.min(...[...marks(before, 'ranks', 'rank').values()].map(Number))).toBe(Number(match[1]));
      expect(gauge(after, 'age')).toBe(Number(match[1]));
    });
  });

  it('CLOCK and SIEVE: the hand passes only set bits and stops at the first clear one', () => {
    for (const [id, mark, step] of [
      ['clock', 'used', 1],
      ['sieve', 'visited', -1],
    ] as const) {
      const found = claims(
        id,
        /; the hand (stands at (\w)|clears the bits? of (.+?) and finds that of (\w))/,
        (claim) => {
          const { match, before, nameOf } = claim;
          const { cells, hand } = before.lists[0];
          const path: string[] = [];
          for (let at = hand ?? 0; ; at = (at + step + cells.length) % cells.length) {
            const [{ name, value }] = cells[at].marks;
            expect(name).toBe(mark);
            if (value === 0) {
              expect(nameOf(cells[at].id)).toBe(match[2] ?? match[4]);
              break;
            }
            path.push(nameOf(cells[at].id));
          }
          expect(path).toEqual(match[3]?.split(/, | and /) ?? []);
        },
      );
      expect(found).toBeGreaterThan(200);
    }
  });

  it('SLRU: victims come from the end of probation, and who falls back was the last of the protected', () => {
    const found = claims('slru', /; (\w) has been on probation longest/, ({ match, before, nameOf }) => {
      expect(nameOf(cellsOf(before, 'probation').at(-1)?.id ?? -1)).toBe(match[1]);
    });
    expect(found).toBeGreaterThan(200);
    const fallen = claims(
      'slru',
      /more than the (\d+) that may be protected, so (\w) falls/,
      ({ match, before, nameOf }) => {
        expect(sizeOf(before, 'protected')).toBe(Number(match[1]));
        expect(nameOf(cellsOf(before, 'protected').at(-1)?.id ?? -1)).toBe(match[2]);
      },
    );
    expect(fallen).toBeGreaterThan(50);
  });

  it('2Q: who was remembered enters Am, and A1in gives while it is over its share', () => {
    const remembered = claims('2q', /was remembered in A1out/, ({ before, after, step }) => {
      expect(cellsOf(before, 'a1out').some(({ id }) => id === step.id)).toBe(true);
      expect(cellsOf(after, 'am')[0].id).toBe(step.id);
    });
    expect(remembered).toBeGreaterThan(100);
    const over = claims(
      '2q',
      /A1in holds (\d+), (more than|within) its share of (\d+)/,
      ({ match, before, after, step }) => {
        expect(sizeOf(before, 'a1in')).toBe(Number(match[1]));
        expect(Number(match[1]) > Number(match[3])).toBe(match[2] === 'more than');
        expect(cellsOf(after, 'a1out').some(({ id }) => id === step.victim)).toBe(match[2] === 'more than');
      },
    );
    expect(over).toBeGreaterThan(200);
  });

  it('S3-FIFO: who moves was used again twice, who leaves the small queue was not', () => {
    const moved = claims(
      's3-fifo',
      /(\w) was used again, (twice|3 times), while in the small queue/,
      ({ match, before, nameOf }) => {
        const frequency = [...marks(before, 'small', 'frequency')].find(([one]) => nameOf(one) === match[1])?.[1];
        expect(frequency).toBe(match[2] === 'twice' ? 2 : 3);
      },
    );
    expect(moved).toBeGreaterThan(20);
    const left = claims('s3-fifo', /end of the small queue and was (not used again|used again only once)/, (claim) => {
      const { match, before, after, step } = claim;
      expect(marks(before, 'small', 'frequency').get(step.victim)).toBe(match[1] === 'not used again' ? 0 : 1);
      expect(cellsOf(after, 'ghost').some(({ id }) => id === step.victim)).toBe(true);
    });
    expect(left).toBeGreaterThan(100);
    const rounds = claims('s3-fifo', /main queue, (\w) pays with frequency/, ({ match, before, after, nameOf }) => {
      const of = (insides: Insides) =>
        [...marks(insides, 'main', 'frequency')].find(([one]) => nameOf(one) === match[1])?.[1];
      expect(of(after)).toBeLessThan(of(before) ?? 0);
    });
    expect(rounds).toBeGreaterThan(20);
  });

  it('Belady: nobody is wanted again later', () => {
    const found = claims('belady', /: of all, (\w) is wanted again latest \(access (\d+)\)/, (claim) => {
      const next = (key: string): number => (claim.future.includes(key) ? claim.future.indexOf(key) : Infinity);
      expect(Math.max(...claim.residents.map(next))).toBe(next(claim.match[1]));
      expect(claim.step.at + 2 + next(claim.match[1])).toBe(Number(claim.match[2]));
    });
    expect(found).toBeGreaterThan(30);
    const never = claims('belady', /: (\w) is never asked for again/, ({ match, future }) => {
      expect(future).not.toContain(match[1]);
    });
    expect(never).toBeGreaterThan(30);
  });

  it('LRU-2: who was used only once goes first, else whose last use but one is longest ago', () => {
    const uses = (past: string[], key: string): number => past.filter((one) => one === key).length;
    const once = claims(
      'lru-2',
      /of those used only once, (\w) was used longest ago/,
      ({ match, before, past, nameOf }) => {
        const last = (key: string): number => past.lastIndexOf(key);
        const rivals = cellsOf(before, 'once').map(({ id }) => nameOf(id));
        expect(rivals.toSorted((a, b) => last(a) - last(b))[0]).toBe(match[1]);
      },
    );
    expect(once).toBeGreaterThan(100);
    const twice = claims(
      'lru-2',
      /nobody was used only once; the last use but one of (\w) \(access (\d+)\)/,
      (claim) => {
        const { match, before, past } = claim;
        expect(sizeOf(before, 'once')).toBe(0);
        expect(past[Number(match[2]) - 1]).toBe(match[1]);
        expect(uses(past, match[1])).toBeGreaterThan(1);
        expect(Math.min(...[...marks(before, 'twice', 'second').values()].map(Number))).toBe(Number(match[2]));
      },
    );
    expect(twice).toBeGreaterThan(30);
    claims('lru-2', /last use but one is access (\d+) now/, ({ match, past, step, nameOf }) => {
      expect(past[Number(match[1]) - 1]).toBe(nameOf(step.id));
    });
  });

  it('ARC: p moves by the ratio of the ghost lists, and the victim comes from the side that is too large', () => {
    const moved = claims(
      'arc',
      /(B[12]) remembers it.* p (rises|falls) from (\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)/,
      (claim) => {
        const { match, before, step, capacity } = claim;
        expect(cellsOf(before, match[1].toLowerCase()).some(({ id }) => id === step.id)).toBe(true);
        const [b1, b2] = [sizeOf(before, 'b1'), sizeOf(before, 'b2')];
        const p = gauge(before, 'p') ?? 0;
        const to =
          match[1] === 'B1' ? Math.min(capacity, p + Math.max(1, b2 / b1)) : Math.max(0, p - Math.max(1, b1 / b2));
        expect(Number(match[3])).toBeCloseTo(p, 2);
        expect(Number(match[4])).toBeCloseTo(to, 2);
        expect(match[2]).toBe(match[1] === 'B1' ? 'rises' : 'falls');
      },
    );
    expect(moved).toBeGreaterThan(50);
    const over = claims(
      'arc',
      /T1 holds (\d+), (more than|within) p = (\d+(?:\.\d+)?): (\w)/,
      ({ match, before, after, step, nameOf }) => {
        expect(sizeOf(before, 't1')).toBe(Number(match[1]));
        expect(gauge(after, 'p')).toBeCloseTo(Number(match[3]), 2);
        expect(Number(match[1]) > (gauge(after, 'p') ?? 0)).toBe(match[2] === 'more than');
        const from = cellsOf(before, match[2] === 'more than' ? 't1' : 't2');
        expect(from[from.length - 1].id).toBe(step.victim);
        expect(nameOf(step.victim)).toBe(match[4]);
      },
    );
    expect(over).toBeGreaterThan(100);
  });

  it('LIRS: who becomes LIR was HIR on the stack, who falls was LIR at its bottom', () => {
    const risen = claims(
      'lirs',
      /becomes LIR\. For it (\w), LIR at the bottom/,
      ({ match, before, after, step, nameOf }) => {
        expect(marks(before, 'stack', 'lir').get(step.id)).toBe(0);
        expect(marks(after, 'stack', 'lir').get(step.id)).toBe(1);
        const bottom = cellsOf(before, 'stack')[sizeOf(before, 'stack') - 1];
        expect(nameOf(bottom.id)).toBe(match[1]);
        expect(cellsOf(after, 'queue').some(({ id }) => id === bottom.id)).toBe(true);
      },
    );
    expect(risen).toBeGreaterThan(30);
    const gone = claims(
      'lirs',
      /; (\w) is first in the queue.*?; (its key stays|nothing of it)/,
      ({ match, before, after, step, nameOf }) => {
        expect(nameOf(cellsOf(before, 'queue')[0].id)).toBe(match[1]);
        expect(marks(after, 'stack', 'resident').get(step.victim)).toBe(match[2] === 'its key stays' ? 0 : undefined);
      },
    );
    expect(gone).toBeGreaterThan(100);
    const remembered = claims('lirs', /still on the stack/, ({ before, step }) => {
      expect(marks(before, 'stack', 'resident').get(step.id)).toBe(0);
    });
    expect(remembered).toBeGreaterThan(30);
  });

  it('W-TinyLFU: who was seen more often stays, and the sketch never says too little', () => {
    const words = (text: string): number => ({ once: 1, twice: 2 })[text] ?? Number.parseInt(text, 10);
    const duels = claims(
      'w-tinylfu',
      /(\w) was seen (once|twice|\d+ times), (\w) (as often|once|twice|\d+ times).*?: (\w) (stays|is let in) and (\w) goes/,
      ({ match, before, step, nameOf, past }) => {
        const [, challenger, own, inside, other, winner, , loser] = match;
        const [a, b] = [words(own), other === 'as often' ? words(own) : words(other)];
        expect(winner).toBe(a > b ? challenger : inside);
        expect(nameOf(step.victim)).toBe(loser);
        expect(cellsOf(before, 'window').some(({ id }) => nameOf(id) === challenger)).toBe(true);
        expect(cellsOf(before, 'window').some(({ id }) => nameOf(id) === inside)).toBe(false);
        // No halving yet: a sketch of 4 entries halves after 40 additions.
        if (past.length < 30)
          expect(a).toBeGreaterThanOrEqual(Math.min(15, past.filter((key) => key === challenger).length));
      },
    );
    expect(duels).toBeGreaterThan(100);
  });

  it('Redis LRU: idle times are those of the sequence, and whom the draw missed was idle for longer', () => {
    const idle = claims('redis-allkeys-lru', /(\w) \(idle for (\d+) s\)/, ({ match, past }) => {
      expect(past.length - past.lastIndexOf(match[1])).toBe(Number(match[2]));
    });
    expect(idle).toBeGreaterThan(100);
    const missed = claims(
      'redis-allkeys-lru',
      /would have taken (\w)/,
      ({ match, past, residents, step, nameOf }) => {
        const last = (key: string): number => past.lastIndexOf(key);
        expect(last(match[1])).toBe(Math.min(...residents.map(last)));
        expect(last(match[1])).toBeLessThan(last(nameOf(step.victim)));
      },
      6,
    );
    expect(missed).toBeGreaterThan(20);
  });
});
