import { describe, expect, it } from 'vitest';
import { parseScenario } from './parseScenario.ts';
import { formatProblem } from './problems.ts';
import { readScenario } from './readScenario.ts';

const yaml = `scenario: 1
id: thundering-herd
title: "A herd: everybody at once"
summary: |
  One popular key expires, and
  all its readers go to the database.
topic: load
seed: 7
traffic:
  readers: {rate: 900/s, keys: hot, hotShare: 60%, count: 500}
  bots:
    arrivals: bursty
    rate: 1200/m
    from: 5s
    until: 30s
cache: {ttl: 10s, jitter: 0s, eviction: lfu}
database:
  slots: 4
  read: 40ms
faults:
  - {at: 12s, do: flush}
  - at: 20s
    do: kill
    node: app2
    for: 3s
  - {at: 25s, do: set, path: cache.ttl, value: 30s}
view:
  knobs: [cache.ttl, traffic.bots.rate]
  compare: {cache.jitter: 5s}
`;
const pieces = [
  '__proto__: {polluted: 1}\n',
  'constructor: {prototype: {polluted: 1}}\n',
  '  prototype: 1\n',
  '[[[[[[[[',
  '{a: {a: {a: ',
  '- - - - ',
  '? ',
  ': ',
  '"',
  "'",
  '\n',
  '\t',
  '&a ',
  '*a',
  '!!str ',
  '%TAG',
  '---\n',
  '...\n',
  '<<: ',
  '|\n',
  '>-\n',
  '#',
  '.nan',
  '-.inf',
  '1e999',
  '9007199254740993',
  '0x',
  '~',
  'null',
  '\u0000',
  '\u001f',
  '\u0002',
  '\ud800',
  '\ufeff',
  '𝕏',
  '- '.repeat(60),
  '['.repeat(500),
  'a: '.repeat(100),
  ' '.repeat(300),
  'x'.repeat(20_000),
  '1,'.repeat(2500),
];

/** Small whole numbers from a seed; Lehmer's generator (Park & Miller, CACM 31(10), 1988), enough to choose mutations by. */
function chooser(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function mutateText(text: string, pick: (below: number) => number): string {
  const from = pick(text.length);
  const to = Math.min(text.length, from + 1 + pick(12));
  const lines = text.split('\n');
  const line = pick(lines.length);
  switch (pick(7)) {
    case 0:
      return text.slice(0, from) + text.slice(to);
    case 1:
      return text.slice(0, to) + text.slice(from);
    case 2:
      return text.slice(0, from) + String.fromCharCode(pick(128)) + text.slice(from + 1);
    case 3:
      return text.slice(0, from) + pieces[pick(pieces.length)] + text.slice(from);
    case 4:
      return lines.toSpliced(line, 1).join('\n');
    case 5:
      return lines.toSpliced(pick(lines.length), 0, lines[line]).join('\n');
    default:
      return lines.with(line, (pick(2) === 0 ? '  ' : '') + lines[line].trimStart()).join('\n');
  }
}

/** Changes one place in plain data: takes it away, doubles it, makes it something else, or gives it a name that pollutes. */
function mutateData(root: unknown, pick: (below: number) => number): void {
  const places: [holder: Record<string, unknown>, name: string][] = [];
  const waiting: unknown[] = [root];
  const seen = new Set<unknown>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    for (const name of Object.keys(next)) {
      places.push([next as Record<string, unknown>, name]);
      waiting.push((next as Record<string, unknown>)[name]);
    }
  }
  const [holder, name] = places[pick(places.length)];
  const strange = [
    null,
    Number.NaN,
    -1,
    1e300,
    '',
    'none',
    'x'.repeat(500),
    [],
    {},
    [[[]]],
    true,
    2 ** 53,
    -0,
    undefined,
    () => 1,
    Symbol('s'),
    1n,
    new Map(),
  ];
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'ttll', '', 'length', '0'];
  const own = (key: string, value: unknown) =>
    Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  const kind = pick(8);
  if (kind < 2) delete holder[name];
  else if (kind < 4 && Array.isArray(holder)) holder.push(holder[pick(holder.length)]);
  else if (kind < 4) own(names[pick(names.length)], pick(2) === 0 ? { polluted: 1 } : holder[name]);
  else holder[name] = kind === 4 ? root : strange[pick(strange.length)];
}

function expectClean(): void {
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(ownNames);
}
const ownNames = Object.getOwnPropertyNames(Object.prototype);

describe('a scenario from a hostile hand', () => {
  it('is fine before anybody touches it', () => {
    expect(parseScenario(yaml)).toHaveProperty('scenario');
  });

  it('as text: 1,000 mutations give a scenario or problems with a place, and never throw or pollute', () => {
    const pick = chooser(20_260_101);
    const verdicts = { scenario: 0, problems: 0 };
    for (let run = 0; run < 1000; run++) {
      let text = yaml;
      for (let times = 1 + pick(4); times > 0; times--) text = mutateText(text, pick);
      const result = parseScenario(text, { file: 'x.yaml' });
      if ('problems' in result) {
        verdicts.problems++;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const problem of result.problems) {
          expect(formatProblem(problem)).toMatch(/^x\.yaml:\d+:\d+.*: found /s);
          expect(problem.line).toBeLessThanOrEqual(text.split('\n').length);
        }
      } else {
        verdicts.scenario++;
        expect(readScenario(result.input)).toEqual(result);
      }
      expectClean();
    }
    expect(verdicts.scenario).toBeGreaterThan(50);
    expect(verdicts.problems).toBeGreaterThan(500);
  });

  it('as data: 1,000 mutations give a scenario or problems, and never throw or pollute', () => {
    const pick = chooser(20_260_102);
    const original = parseScenario(yaml);
    if ('problems' in original) throw new Error('refused');
    const verdicts = { scenario: 0, problems: 0 };
    for (let run = 0; run < 1000; run++) {
      const data = structuredClone(original.input);
      for (let times = 1 + pick(3); times > 0 && Object.keys(data).length > 0; times--) mutateData(data, pick);
      const result = readScenario(data);
      verdicts['problems' in result ? 'problems' : 'scenario']++;
      if ('problems' in result) for (const problem of result.problems) expect(problem.message).toMatch(/^found /);
      else expect(readScenario(result.input)).toEqual(result);
      expectClean();
    }
    expect(verdicts.scenario).toBeGreaterThan(50);
    expect(verdicts.problems).toBeGreaterThan(500);
  });
});
