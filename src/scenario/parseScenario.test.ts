import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario, parseText, textLimit } from './parseScenario.ts';
import { formatProblem } from './problems.ts';
import { evictionIds } from './schema.ts';

const head = 'scenario: 1\nid: x\ntitle: X\n';
const minimal = `${head}traffic:\n  readers: {}\n`;

function complaints(text: string): string[] {
  const result = parseScenario(text, { file: 'x.yaml' });
  return 'problems' in result ? result.problems.map(formatProblem) : [];
}

describe('parsing a scenario', () => {
  it('reads YAML and JSON alike, tabs, CRLF, a byte order mark and comments included', () => {
    const json = '{\n\t"scenario": 1,\n\t"id": "x",\n\t"title": "X",\n\t"traffic": {\n\t\t"readers": {}\n\t}\n}\n';
    const texts = [
      json,
      minimal,
      minimal.replaceAll('\n', '\r\n'),
      `\ufeff${minimal}`,
      `# a comment\n---\n${minimal}...\n`,
    ];
    for (const text of texts) {
      expect(complaints(text)).toEqual([]);
      expect(parseScenario(text)).toMatchObject({
        input: { scenario: 1, id: 'x', title: 'X', traffic: { readers: {} } },
      });
    }
  });

  it('takes text for what YAML 1.2 says: no yes, no dates, no sexagesimals', () => {
    const parsed = parseText(
      'a: yes\nb: 2026-01-01\nc: 12:00:00\nd: 1.5\ne: true\nf: ~\ng: "5"\nh: |\n  two\n  lines\n',
    );
    expect(parsed).toMatchObject({
      value: { a: 'yes', b: '2026-01-01', c: '12:00:00', d: 1.5, e: true, f: null, g: '5', h: 'two\nlines\n' },
    });
  });

  it.each<[string, string, string]>([
    [
      'an unknown name, at the name',
      `${minimal}cashe: {}\n`,
      'x.yaml:6:1 cashe: found the unknown name "cashe", expected',
    ],
    [
      'an inner unknown name',
      `${minimal}cache:\n  ttl: 5s\n  jiter: 1s\n`,
      'x.yaml:8:3 cache.jiter: found the unknown name "jiter", expected',
    ],
    [
      'a bad value, at the value',
      `${minimal}cache:\n  ttl:   5\n`,
      'x.yaml:7:10 cache.ttl: found 5, expected a time with its unit',
    ],
    [
      'a bad choice',
      `${minimal}cache: {eviction: lruu}\n`,
      `x.yaml:6:19 cache.eviction: found "lruu", expected one of ${evictionIds.join(', ')} (did you mean lru?)`,
    ],
    [
      'a map that is empty',
      `${head}traffic:\n  readers:\n`,
      'x.yaml:5:11 traffic.readers: found nothing, expected a map',
    ],
    [
      'a missing name of the document',
      'scenario: 1\nid: x\ntraffic: {a: {}}\n',
      'x.yaml:1:1 title: found nothing, expected text',
    ],
    [
      'a missing name of an act, at the act',
      `${minimal}faults:\n  - at: 1s\n    do: flush\n  - do: flush\n`,
      'x.yaml:9:5 faults[1].at: found nothing, expected a time',
    ],
    [
      'a knob that is not there',
      `${minimal}view:\n  knobs:\n    - cache.ttl\n    - cache.tl\n`,
      'x.yaml:9:7 view.knobs[1]: found no setting "cache.tl" in this scenario, expected one like cache.ttl (did you mean cache.ttl?)',
    ],
    [
      'a node that is not there',
      `${minimal}faults:\n  - {at: 1s, do: kill, node: app4}\n`,
      'x.yaml:7:30 faults[0].node: found no node "app4"',
    ],
    [
      'a name given twice',
      `${minimal}id: y\n`,
      'x.yaml:6:1 id: found the name "id" a second time in the same map, expected it once',
    ],
    ['a name that is no text', `${minimal}5: y\n`, 'x.yaml:6:1 ["5"]: found 5 where a name belongs, expected text'],
    [
      'a name that is a list',
      `${minimal}? [a, b]\n: y\n`,
      'x.yaml:6:3 ["?"]: found a map where a name belongs, expected text',
    ],
    [
      'a name that pollutes',
      `${minimal}cache:\n  __proto__: {ttl: 5s}\n`,
      'x.yaml:7:3 cache.__proto__: found the name "__proto__", which no document may use',
    ],
    ['a quote without end', `${head}traffic: "readers\n`, 'x.yaml:5:1: found broken YAML: Missing closing "quote'],
    ['a bracket without end', `${head}traffic: {readers: {}\n`, 'x.yaml:5:1: found broken YAML'],
    [
      'a tab before a name',
      `${head}traffic:\n\treaders: {}\n`,
      'x.yaml:5:1: found broken YAML: Tabs are not allowed as indentation',
    ],
    ['an alias', `${head}traffic: *a\n`, 'x.yaml:4:10: found an alias (*), expected the value itself'],
    ['an anchor', `${head}traffic: &a {}\n`, 'x.yaml:4:10: found an anchor (&), expected a plain value'],
    ['a tag', `${head}traffic: !!js/function "x"\n`, 'x.yaml:4:10: found a tag (!), expected a plain value'],
    ['a directive', `%YAML 1.1\n---\n${minimal}`, 'x.yaml:1:1: found a directive (%), expected a scenario'],
    ['two documents', `${minimal}---\n${minimal}`, 'x.yaml:6:1: found broken YAML: Source contains multiple documents'],
    [
      'a merge',
      `${head}traffic:\n  readers:\n    <<: {rate: 5/s}\n`,
      'x.yaml:6:5 traffic.readers["<<"]: found the unknown name "<<", expected',
    ],
    ['not a number', `${minimal}seed: .nan\n`, 'x.yaml:6:7 seed: found NaN, expected a finite number'],
    ['infinity', `${minimal}seed: 1e999\n`, 'x.yaml:6:7 seed: found Infinity, expected a finite number'],
    [
      'a whole number that no double holds',
      `${minimal}seed: 9007199254740993\n`,
      'x.yaml:6:7 seed: found a whole number beyond',
    ],
    ['nothing', '', 'x.yaml:1:1: found nothing, expected a map'],
    ['a sentence', 'hello', 'x.yaml:1:1: found "hello", expected a map'],
  ])('finds %s', (_name, text, expected) => {
    expect(complaints(text).find((line) => line.startsWith(expected)) ?? complaints(text)).toContain(expected);
  });

  it('names problems in the order of the text', () => {
    const lines = complaints(`${minimal}cashe: {}\nseed: x\ncache: {ttl: 5}\n`).map((line) => line.split(' ')[0]);
    expect(lines).toEqual(['x.yaml:6:1', 'x.yaml:7:7', 'x.yaml:8:14']);
  });
});

describe('the limits of a text', () => {
  const deep: [string, (depth: number) => string][] = [
    ['lists in brackets', (depth) => '['.repeat(depth) + ']'.repeat(depth)],
    ['open brackets', (depth) => '['.repeat(depth)],
    ['maps in braces', (depth) => `${'{a: '.repeat(depth)}1${'}'.repeat(depth)}`],
    ['lists by dashes', (depth) => `${'- '.repeat(depth)}1`],
    ['question marks', (depth) => `${'? '.repeat(depth)}1`],
    ['question marks in brackets', (depth) => `[${'? [ '.repeat(depth)}`],
    ['colons', (depth) => `${'a: '.repeat(depth)}1`],
    [
      'maps by indentation',
      (depth) => Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}a:\n`).join(''),
    ],
    ['lists in maps', (depth) => Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}- a:\n`).join('')],
    ['a mixture', (depth) => `${'- a: '.repeat(depth)}${'[{b: '.repeat(depth)}`],
  ];
  const longest = (make: (depth: number) => string): number => {
    let depth = 100_000;
    while (make(Math.min(depth, 400)).length > 0 && depth > 1 && lengthOf(make, depth) > textLimit)
      depth = Math.floor(depth / 2);
    return depth;
  };
  const lengthOf = (make: (depth: number) => string, depth: number): number =>
    depth > 1000 ? (make(1000).length / 1000) * depth : make(depth).length;

  it.each(deep)('refuses %s nested too deep, at every depth, before the composer sees them', (_name, make) => {
    for (const depth of [40, 100, 500, 1000, 2000, longest(make)]) {
      const text = make(depth);
      if (text.length > textLimit) continue;
      const problems = complaints(text);
      expect(problems, `depth ${depth}`).toHaveLength(1);
      expect(problems[0]).toMatch(/^x\.yaml:\d+:\d+: found more than 32 levels, expected fewer$/);
    }
  });

  it('accepts any mixture of styles that is not deep, however long', () => {
    const faults = Array.from({ length: 90 }, (_, index) =>
      index % 2 === 0 ? `  - {at: ${index}s, do: slow, node: redis, factor: 2}` : `  - at: ${index}s\n    do: flush`,
    ).join('\n');
    const text = `${head}summary: |\n  [[[[ {{{{ - - - - ? ? : :\n  more: of: it\ntraffic:\n  readers: {rate: 5/s}\nfaults:\n${faults}\n`;
    expect(complaints(text)).toEqual([]);
    expect(
      complaints(`${minimal}view:\n  knobs: [${Array.from({ length: 14 }, () => 'cache.ttl').join(', ')}]\n`),
    ).toEqual([]);
  });

  it('holds the limits of length, values and names', () => {
    expect(complaints(`${minimal}#${'x'.repeat(textLimit)}`)[0]).toMatch(
      /found \d+ characters, expected at most 65536/,
    );
    expect(complaints(`${minimal}#${'x'.repeat(textLimit - minimal.length - 1)}`)).toEqual([]);
    expect(complaints(`[${'1,'.repeat(2500)}]`)[0]).toContain('found more than 2000 values');
    expect(complaints(`[${'1,'.repeat(30_000)}]`)[0]).toContain('found more than 2000 values');
    for (const rubble of [`[${','.repeat(60_000)}]`, '}'.repeat(60_000), '- :\n'.repeat(16_000), ':\n'.repeat(30_000)])
      expect(complaints(rubble)[0]).toContain('found more than 2000 values');
    const names = Array.from({ length: 501 }, (_, index) => `k${index}: 1\n`).join('');
    expect(complaints(names)[0]).toContain('found 501 names in one map, expected at most 500');
  });

  it('refuses bombs of aliases and merges without unfolding them', () => {
    const laughs = `a: &a [x,x]\n${Array.from({ length: 20 }, (_, i) => `b${i}: &b${i} [*a,*a]\n`).join('')}`;
    for (const bomb of [laughs, '&a [*a]', 'a: &x {b: 1}\nc:\n  <<: *x\n']) expect(complaints(bomb)).toHaveLength(1);
  });
});

describe('the package that parses', () => {
  it('is imported here and nowhere else in the engine, so that a page need not load it', () => {
    const folder = new URL('.', import.meta.url);
    const importers = readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .filter((file) => /from 'yaml'/.test(readFileSync(new URL(file, folder), 'utf8')));
    expect(importers).toEqual(['parseScenario.ts']);
  });
});
