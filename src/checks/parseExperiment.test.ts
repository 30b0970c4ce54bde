import { describe, expect, it } from 'vitest';
import { formatProblem } from '../scenario/problems.ts';
import type { ScenarioInput } from '../scenario/schema.ts';
import type { Experiment } from './Experiment.ts';
import { parseExperiment } from './parseExperiment.ts';

const shop: ScenarioInput = {
  scenario: 1,
  id: 'shop',
  title: 'Shop',
  duration: '20s',
  traffic: { readers: { rate: '100/s' } },
  faults: [{ at: '3s', do: 'flush' }],
};
const library = {
  scenarios: { ids: ['shop', 'other'], read: (id: string) => (id === 'shop' ? shop : undefined) },
  claims: ['L5', 'F1'],
};

const text = `experiment: 1
id: little
title: A little one
topic: latency
claims: [L5]
claim: A cache takes load off the database.
source: 003
scenario: shop
variants:
  without: { set: { pattern.read: none } }
  with: { title: Cached }
seeds: [1, 2, 3]
moments: { late: 10s }
values:
  half: traffic.readers.rate / 2
  hits: { form: ttlHitRatio, with: { readsPerS: $half, ttlS: cache.ttl of with } }
expect:
  - check: database.qps of with over late..late+5s < $half
    why: Half is far from what it comes to.
figures:
  ours: database.qps of with
  theory: $hits
`;

function read(written = text): Experiment {
  const parsed = parseExperiment(written, library, { file: 'a.yaml' });
  if ('problems' in parsed) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.experiment;
}

/** The problems of the experiment with one part of its text replaced. */
function problems(before: string, after: string): string[] {
  expect(text).toContain(before);
  const parsed = parseExperiment(text.replace(before, after), library, { file: 'a.yaml' });
  return 'problems' in parsed ? parsed.problems.map(formatProblem) : [];
}

describe('parseExperiment', () => {
  it('gives each variant a whole scenario, and quantities in their units', () => {
    const { variants, untilUs, sources, momentsUs, values, scenarioId } = read();
    expect(variants.map(({ name, title }) => [name, title])).toEqual([
      ['without', 'without'],
      ['with', 'Cached'],
    ]);
    expect(variants.map(({ scenario }) => scenario.pattern.read)).toEqual(['none', 'cache-aside']);
    expect(variants.map(({ scenario }) => scenario.faults.length)).toEqual([1, 1]);
    expect({ untilUs, sources, scenarioId }).toEqual({ untilUs: 20e6, sources: ['003'], scenarioId: 'shop' });
    expect([...momentsUs]).toEqual([['late', 10e6]]);
    expect(values.map(({ name, unit }) => [name, unit])).toEqual([
      ['half', 'per second'],
      ['hits', 'share'],
    ]);
  });

  it('adds acts or puts others in their place, for all variants or for one', () => {
    const changed = read(
      text
        .replace('variants:', 'faults: [{ at: 5s, do: flush }]\nvariants:')
        .replace(
          '{ title: Cached }',
          '{ replaceFaults: [{ at: 6s, do: kill, node: redis }], faults: [{ at: 7s, do: flush }] }',
        ),
    );
    const acts = changed.variants.map(({ scenario }) => scenario.faults.map(({ at }) => at / 1e6));
    expect(acts).toEqual([
      [3, 5],
      [6, 7],
    ]);
  });

  it('takes a scenario written in place, makes it as long as the runs, and calls a lone variant `only`', () => {
    const inPlace = read(
      text
        .replace('scenario: shop', 'until: 90s\nscenario: { traffic: { readers: { rate: 50/s } } }')
        .replace(/variants:\n.*\n.*\n/, '')
        .replaceAll(' of with', ''),
    );
    expect(inPlace.variants.map(({ name }) => name)).toEqual(['only']);
    expect(inPlace.variants[0].scenario).toMatchObject({ id: 'little', duration: 90e6 });
    expect(inPlace.untilUs).toBe(90e6);
    expect(inPlace.scenarioId).toBeUndefined();
  });

  it.each([
    ['an unknown name', 'topic: latency', 'topik: latency', /(?<=\n)a\.yaml:4:1 topik: .*did you mean topic\?/],
    ['two seeds', '[1, 2, 3]', '[1, 2]', /^a\.yaml:12:8 seeds: .*at least three seeds/],
    ['a seed twice', '[1, 2, 3]', '[1, 2, 1]', /^a\.yaml:12:15 seeds\[2\]: /],
    [
      'a check without its reason',
      '    why: Half is far from what it comes to.\n',
      '',
      /^a\.yaml:18:5 expect\[0\]\.why: /,
    ],
    ['no check at all', /expect:[\s\S]*figures/.exec(text)?.[0] ?? '', 'expect: []\nfigures', /^a\.yaml:17:9 expect: /],
    ['an unknown claim', '[L5]', '[L6]', /^a\.yaml:5:10 claims\[0\]: .*L5/],
    ['an unknown scenario', 'scenario: shop', 'scenario: shpo', /^a\.yaml:8:11 scenario: .*did you mean shop\?/],
    [
      'a scenario that is wrong',
      'scenario: shop',
      'scenario: { traffic: { a: { rte: 1/s } } }',
      /^a\.yaml:8:\d+ scenario\.traffic\.a\.rte: /,
    ],
    [
      'an unknown setting',
      'pattern.read: none',
      'pattern.raed: none',
      /^a\.yaml:10:21 variants\.without\.set\["pattern\.raed"\]: .*pattern\.read\?/,
    ],
    [
      'a setting out of its range',
      'pattern.read: none',
      'cache.ttl: soon',
      /^a\.yaml:10:32 variants\.without\.set\["cache\.ttl"\]: /,
    ],
    [
      'an act that cannot be',
      '{ title: Cached }',
      '{ faults: [{ at: 1s, do: kill, node: app99 }] }',
      /^a\.yaml:11:\d+ variants\.with\.faults\[0\]\.node: /,
    ],
    ['a time after the end', 'late: 10s', 'late: 20s', /^a\.yaml:13:18 moments\.late: .*20 s/],
    ['a name that means something in checks', 'late: 10s', 'over: 10s', /^a\.yaml:13:12 moments\.over: /],
    [
      'an unknown metric',
      'check: database.qps',
      'check: database.qsp',
      /^a\.yaml:18:12 expect\[0\]\.check: unknown metric database\.qsp.*database\.qps/,
    ],
    ['an unknown variant', 'of with over', 'of wiht over', /^a\.yaml:18:12 expect\[0\]\.check: unknown run wiht.*with/],
    ['an unknown value', '< $half', '< $hlaf', /^a\.yaml:18:54 expect\[0\]\.check: unknown value hlaf.*half/],
    ['an unknown moment', 'over late..', 'over lat..', /^a\.yaml:18:38 expect\[0\]\.check: unknown moment lat.*late/],
    ['units that do not go together', '< $half', '< 5s', /^a\.yaml:18:54 expect\[0\]\.check: .*a rate against a time/],
    [
      'a broken check in quotes',
      'database.qps of with over late..late+5s < $half',
      '"database.qps of with ="',
      /^a\.yaml:18:34 expect\[0\]\.check: found =/,
    ],
    ['an unknown form', 'ttlHitRatio', 'ttlHitRato', /^a\.yaml:16:17 values\.hits\.form: .*did you mean ttlHitRatio\?/],
    [
      'an unknown argument',
      'ttlS: cache.ttl of with',
      'tll: cache.ttl of with',
      /values\.hits\.with\.tll: .*takes readsPerS, ttlS/,
    ],
    [
      'an argument of another unit',
      'readsPerS: $half',
      'readsPerS: 5s',
      /^a\.yaml:16:49 values\.hits\.with\.readsPerS: found a time, expected a rate/,
    ],
    ['a figure that is none', 'theory: $hits', 'theory: $hit +', /^a\.yaml:22:\d+ figures\.theory: /],
  ])('refuses %s at its place', (_, before, after, expected) => {
    const found = problems(before, after);
    expect(found.join('\n')).toMatch(expected);
  });

  it('says every problem, in the order of the text', () => {
    const twice = text
      .replace('database.qps of with over', 'database.qsp of with over')
      .replace('[L5]', '[Z9, L5, L5]');
    const parsed = parseExperiment(twice, library);
    expect('problems' in parsed && parsed.problems.map(({ line }) => line)).toEqual([5, 5, 18]);
  });
});
