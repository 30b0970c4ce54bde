/** Nothing that the engine can do is without a scenario that shows it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import { applyPatch } from '../src/scenario/patch.ts';
import { readScenario } from '../src/scenario/readScenario.ts';
import type { Scenario } from '../src/scenario/schema.ts';
import { defaultSetting, getSetting, listSettings } from '../src/scenario/settings.ts';

const folder = fileURLToPath(new URL('scenarios/', import.meta.url));

/** Settings that say how much or how long of something else, and switch nothing on by themselves. */
const dials = new Set(
  Object.entries({
    pattern: ['refreshAfter', 'refreshUses'],
    invalidation: ['secondDelete', 'busDelay', 'busLoss', 'feedDelay', 'feedWork'],
    protect: [
      'lockTtl',
      'lockPoll',
      'lockWaiters',
      'backoff',
      'backoffJitter',
      'breakerShare',
      'breakerCalls',
      'breakerCooldown',
      'admitCost',
    ],
    bloom: ['expected', 'falsePositives', 'rebuild'],
  }).flatMap(([section, names]) => names.map((name) => `${section}.${name}`)),
);

/** The same protection at one of several places: one of them is enough. */
const severalPlaces = new Set(['protect.breaker']);

/** The lanes of a scenario as they start. */
function lanesOf(name: string): Scenario[] {
  const parsed = parseScenario(readFileSync(folder + name, 'utf8'));
  if ('problems' in parsed) return [];
  const other = readScenario(applyPatch(parsed.input, parsed.scenario.view.compare ?? {}));
  return 'problems' in other ? [parsed.scenario] : [parsed.scenario, other.scenario];
}

describe('the library', () => {
  it('shows every pattern, protection and invalidation: some scenario has it in a lane', () => {
    const lanes = readdirSync(folder).flatMap(lanesOf);
    const sections = /^(pattern|protect|bloom|invalidation)\./;
    const switches = listSettings({ traffic: {} }).filter(({ path }) => sections.test(path) && !dials.has(path));
    const shown = (path: string, value: unknown): boolean => lanes.some((lane) => getSetting(lane, path) === value);
    const unseen = switches.flatMap(({ path, choices }) => {
      const values = choices ?? [];
      if (values.length > 0 && !severalPlaces.has(path)) {
        return values.filter((value) => !shown(path, value)).map((value) => `${path}: ${value}`);
      }
      return lanes.every((lane) => getSetting(lane, path) === defaultSetting(path)) ? [path] : [];
    });
    expect(switches.length).toBeGreaterThan(15);
    expect(unseen).toEqual([]);
  });
});
