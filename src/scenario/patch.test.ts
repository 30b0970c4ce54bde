import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch, diffPatch, type Patch } from './patch.ts';
import { formatProblem } from './problems.ts';
import { readScenario } from './readScenario.ts';
import type { ScenarioInput } from './schema.ts';
import { formatSetting, getSetting, listSettings } from './settings.ts';

const input: ScenarioInput = {
  scenario: 1,
  id: 'x',
  title: 'X',
  traffic: { readers: { rate: '400/s' } },
  cache: { ttl: '60s' },
  faults: [{ at: '1s', do: 'flush' }],
};

describe('a patch', () => {
  it('changes a copy, and makes the maps that are missing', () => {
    const before = structuredClone(input);
    const after = applyPatch(input, {
      'cache.ttl': '5s',
      'database.slots': 4,
      'local.enabled': 'true',
      duration: '10s',
    });
    expect(input).toEqual(before);
    expect(after).toEqual({
      ...input,
      duration: '10s',
      cache: { ttl: '5s' },
      database: { slots: 4 },
      local: { enabled: true },
    });
    expect(after.faults).not.toBe(input.faults);
    expect(after.traffic.readers).not.toBe(input.traffic.readers);
  });

  it.each([
    ['__proto__.polluted', '__proto__: found the name "__proto__"'],
    ['cache.__proto__.polluted', 'cache.__proto__: found the name "__proto__"'],
    ['constructor.prototype.polluted', 'constructor: found the name "constructor"'],
    ['__proto__', '__proto__: found the name "__proto__"'],
    ['cash.ttl', 'cash: found the unknown name "cash"'],
    ['title.of', 'title: found a map, expected text'],
    ['faults.length', 'faults: found a map, expected a list'],
    ['', 'found the unknown name ""'],
    ['a.'.repeat(40), 'found more than 32 levels'],
  ])('with %s pollutes nothing and is refused on reading', (path, words) => {
    const patched = applyPatch(input, { [path]: 1 });
    const result = readScenario(patched);
    expect('problems' in result && result.problems.map(formatProblem).join('\n')).toContain(words);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('between two scenarios holds what differs in meaning, and nothing else', () => {
    const after: ScenarioInput = { ...input, title: 'Y', cache: { ttl: '1m', jitter: '5s' }, traffic: { readers: {} } };
    expect(diffPatch(input, after)).toEqual({ 'cache.jitter': '5s' });
    expect(diffPatch(after, { ...after, cache: {} })).toEqual({ 'cache.jitter': '0s' });
    expect(diffPatch(input, { ...input, traffic: { readers: {}, bots: {} } })).toEqual({
      'traffic.bots.rate': '400/s',
    });
  });

  it('that was found by comparing leads from one to the other', () => {
    const base = read(input);
    const settings = listSettings(base).filter((setting) => setting.slider !== undefined);
    const patches = fc.dictionary(
      fc.constantFrom(...settings.map((setting) => setting.path)),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(patches, (parts) => {
        const patch: Patch = {};
        for (const { path, slider, kind } of settings) {
          if (!Object.hasOwn(parts, path) || slider === undefined) continue;
          const value = slider.from + parts[path] * (slider.to - slider.from);
          patch[path] = formatSetting(
            path,
            kind === 'share' || kind === 'number' || kind === 'rate' ? value : Math.round(value),
          );
        }
        const after = applyPatch(input, patch);
        const again = applyPatch(input, diffPatch(input, after));
        for (const { path } of settings) expect(getSetting(read(again), path)).toEqual(getSetting(read(after), path));
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

function read(written: ScenarioInput) {
  const result = readScenario(written);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.scenario;
}
