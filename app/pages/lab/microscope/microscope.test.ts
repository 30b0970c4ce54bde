import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPolicies, exampleSequences, readSequence, tracePolicy } from '../../../../src/lab.ts';
import { type MicroscopeState, openingState, readAddress, writeAddress } from './address.ts';
import { pickKeys } from './PredictPanel.tsx';
import { type Answer, judge, streakAt, summarise } from './predictions.ts';
import { afterAct, type MicroscopeAct, opened } from './useMicroscope.ts';

const ids = allPolicies.map(({ id }) => id);

describe('the address', () => {
  it('brings every state back', () => {
    const states = fc
      .record({
        text: fc.oneof(fc.constantFrom('ABCA', '(A B)x3, 1-5', '"é ü" A+B=C&d%', ''), fc.string({ maxLength: 40 })),
        capacity: fc.integer({ min: 3, max: 16 }),
        policies: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 }),
        at: fc.nat(400),
        mode: fc.constantFrom('watch' as const, 'predict' as const),
        bet: fc.nat(3),
        seed: fc.integer({ min: 0, max: 4_294_967_295 }),
      })
      .map(
        (state): MicroscopeState => ({
          ...state,
          at: Math.min(state.at, readSequence(state.text).ids.length),
          bet: Math.min(state.bet, state.policies.length - 1),
        }),
      );
    fc.assert(
      fc.property(states, (state) => {
        expect(readAddress(writeAddress(state))).toEqual({ state, problems: [] });
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('reads nothing as the first example', () => {
    expect(readAddress('')).toEqual({ state: openingState(), problems: [] });
    expect(openingState().text).toBe(exampleSequences[0].text);
  });

  it.each([
    ['q=ABC&c=99', /capacity is “99”, not a number from 3 to 16: 16 is shown/, { capacity: 16 }],
    ['q=ABC&c=1', /from 3 to 16: 3 is shown/, { capacity: 3 }],
    ['q=ABC&c=four', /“four”/, { text: 'ABC' }],
    ['q=ABC&at=9', /step is “9”, not a number from 0 to 3: 3 is shown/, { at: 3, text: 'ABC' }],
    ['p=lru,lrv', /policy “lrv”, which there is not; did it mean lru/, { policies: ['lru'] }],
    ['p=nothing', /names no policy that there is/, { policies: openingState().policies }],
    ['p=lru,fifo,lfu,random,ttl-only', /names 5 policies; the first 4/, { policies: ['lru', 'fifo', 'lfu', 'random'] }],
    ['q=ABC&mode=look', /mode is “look”/, { mode: 'watch' }],
    ['q=ABC&seed=-1', /seed is “-1”/, { seed: 1 }],
    ['q=ABC&theme=dark', /holds “theme”/, { text: 'ABC' }],
    [`q=${'A'.repeat(5000)}`, /5000 characters: the first 4000/, {}],
  ])('%s is said and the rest kept', (query, problem, kept) => {
    const { state, problems } = readAddress(query);
    expect(problems.join(' ')).toMatch(problem);
    expect(state).toMatchObject(kept);
  });

  it('answers anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webQueryParameters()), (query) => {
        const { state } = readAddress(query);
        expect(readAddress(writeAddress(state))).toEqual({ state, problems: [] });
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});

describe('what is done to a microscope', () => {
  const after = (acts: MicroscopeAct[], query = 'q=ABCADB&c=3&p=lru,fifo') => acts.reduce(afterAct, opened(query));
  const type = (text: string): MicroscopeAct => ({ do: 'change', kind: 'typing', setup: { text } });

  it('undo takes back a change, typing as one, and redo brings it back', () => {
    const acts: MicroscopeAct[] = [type('A'), type('AB'), { do: 'change', kind: '', setup: { capacity: 5 } }];
    expect(after(acts).state).toMatchObject({ text: 'AB', capacity: 5 });
    expect(after([...acts, { do: 'undo' }]).state).toMatchObject({ text: 'AB', capacity: 3 });
    expect(after([...acts, { do: 'undo' }, { do: 'undo' }]).state).toMatchObject({ text: 'ABCADB', capacity: 3 });
    expect(after([...acts, { do: 'undo' }, { do: 'undo' }, { do: 'undo' }]).past).toEqual([]);
    expect(after([...acts, { do: 'undo' }, { do: 'undo' }, { do: 'redo' }]).state.text).toBe('AB');
    expect(after([...acts, { do: 'undo' }, type('C')]).future).toEqual([]);
  });

  it('stays within the sequence', () => {
    expect(after([{ do: 'goTo', at: 99 }]).state.at).toBe(6);
    expect(after([{ do: 'goTo', at: -1 }]).state.at).toBe(0);
    expect(after([{ do: 'goTo', at: 6 }, type('AB')]).state.at).toBe(2);
  });

  it('shows nothing that has not been predicted', () => {
    const predict: MicroscopeAct = { do: 'mode', mode: 'predict' };
    const say: MicroscopeAct = { do: 'answer', answer: { hit: false, victim: -1 } };
    expect(after([predict, { do: 'goTo', at: 4 }]).state.at).toBe(0);
    expect(after([predict, say, say]).state.at).toBe(2);
    expect(after([predict, say, say, { do: 'goTo', at: 0 }, { do: 'goTo', at: 6 }]).state.at).toBe(2);
    expect(after([predict, say, { do: 'bet', bet: 1 }])).toMatchObject({ state: { at: 0, bet: 1 } });
    expect(after([predict, say, type('AB')])).toMatchObject({ state: { at: 0 } });
    expect(after([predict, say, type('AB')]).answers.size).toBe(0);
  });

  it('keeps what was wrong with a link until something is changed', () => {
    expect(after([{ do: 'goTo', at: 2 }], 'q=ABC&c=99').problems).toHaveLength(1);
    expect(after([type('AB')], 'q=ABC&c=99').problems).toEqual([]);
  });
});

describe('predictions', () => {
  const [lru] = allPolicies;
  const trace = tracePolicy(lru, { sequence: readSequence('ABCADB'), capacity: 3, seed: 1 });
  const [miss, hit] = [
    { hit: false, victim: -1 },
    { hit: true, victim: null },
  ];

  it('are right when all that was asked is', () => {
    expect(judge(miss, trace.steps[0])).toEqual({ outcome: true, victim: true, right: true });
    expect(judge(hit, trace.steps[0])).toEqual({ outcome: false, victim: null, right: false });
    expect(judge(hit, trace.steps[3])).toEqual({ outcome: true, victim: null, right: true });
    expect(judge({ hit: false, victim: 0 }, trace.steps[4])).toEqual({ outcome: true, victim: false, right: false });
    expect(judge({ hit: false, victim: 1 }, trace.steps[4])).toEqual({ outcome: true, victim: true, right: true });
    expect(judge({ hit: false, victim: null }, trace.steps[4])).toEqual({ outcome: true, victim: null, right: true });
  });

  it('are summed up', () => {
    const answers = new Map<number, Answer>([
      [0, miss],
      [1, miss],
      [2, hit],
      [3, hit],
      [4, { hit: false, victim: 1 }],
    ]);
    expect(summarise(answers, trace)).toEqual({
      given: 5,
      right: 4,
      longestStreak: 2,
      wrong: [2],
      victims: 3,
      victimsRight: 3,
    });
    expect([0, 1, 2, 3, 4, 5].map((at) => streakAt(answers, trace, at))).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('are made by the key itself where it is one character, else by number', () => {
    expect([...pickKeys(['A', 'B', '7'], [2, 0])]).toEqual([
      ['7', 2],
      ['a', 0],
    ]);
    expect([...pickKeys(['A', 'user7'], [1, 0])].map(([key]) => key)).toEqual(['1', '2']);
    expect([...pickKeys(['A', 'a'], [0, 1])].map(([key]) => key)).toEqual(['1', '2']);
  });
});
