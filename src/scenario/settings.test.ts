import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScenario } from './readScenario.ts';
import type { ScenarioInput } from './schema.ts';
import {
  defaultSetting,
  displaySetting,
  formatSetting,
  getSetting,
  listSettings,
  nearestSetting,
  readSetting,
  settingInfo,
} from './settings.ts';

const input: ScenarioInput = {
  scenario: 1,
  id: 'x',
  title: 'X',
  traffic: { readers: {}, 'batch-jobs': { rate: '7/m' } },
};
const scenario = (() => {
  const result = readScenario(input);
  if ('problems' in result) throw new Error('refused');
  return result.scenario;
})();

describe('settings', () => {
  it('are known by their path', () => {
    expect(settingInfo('cache.ttl')).toMatchObject({
      path: 'cache.ttl',
      kind: 'duration',
      min: 1000,
      orNone: true,
      live: true,
    });
    expect(settingInfo('traffic.anybody.rate')).toMatchObject({ path: 'traffic.anybody.rate', kind: 'rate' });
    expect(settingInfo('app.servers')).toMatchObject({ live: false, unit: 'servers' });
    expect(settingInfo('cache.eviction')).toMatchObject({
      kind: 'choice',
      choices: expect.arrayContaining(['lru', 'fifo']),
    });
    expect(settingInfo('duration')).toMatchObject({ kind: 'duration' });
  });

  it.each([
    '',
    'cache',
    'cache.',
    'traffic.*.rate',
    'traffic.Readers.rate',
    'title',
    'seed',
    'view.at',
    'faults.0.at',
    'cache.ttl.x',
    '__proto__',
    'cache.__proto__',
    'constructor',
    'x'.repeat(1000),
  ])('are not made up: %s', (path) => {
    expect(settingInfo(path)).toBeUndefined();
    expect(getSetting(scenario, path)).toBeUndefined();
    expect(readSetting(path, '1s')).toMatchObject({ problem: { path } });
  });

  it('are listed once each, with every workload, and each has its value in the scenario', () => {
    const paths = listSettings(scenario).map((setting) => setting.path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(
      expect.arrayContaining(['traffic.batch-jobs.rate', 'traffic.readers.rate', 'cache.ttl', 'window']),
    );
    for (const path of paths) expect(getSetting(scenario, path), path).toBeDefined();
  });

  it('list every value of the scenario that is no text and no list', () => {
    const written: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) written.push(path);
      else for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`);
    };
    const { view, faults, id, title, summary, listed, topic, seed, keyName, scenario: version, ...rest } = scenario;
    expect([view, faults, id, title, summary, listed, topic, seed, keyName, version].length).toBe(10);
    walk(rest, '');
    expect(
      listSettings(scenario)
        .map((setting) => setting.path)
        .sort(byCode),
    ).toEqual(written.sort(byCode));
  });

  it('have the defaults of the schema', () => {
    for (const { path } of listSettings({ traffic: { readers: {} } }))
      expect(getSetting(scenario, path), path).toEqual(defaultSetting(path));
  });

  it.each([
    ['cache.ttl', '30s', 30_000_000],
    ['cache.ttl', 'none', Number.POSITIVE_INFINITY],
    ['traffic.readers.rate', '1200/m', 20],
    ['traffic.readers.writes', '2%', 0.02],
    ['cache.eviction', 'fifo', 'fifo'],
    ['local.enabled', true, true],
    ['local.enabled', 'false', false],
    ['app.workers', '64', 64],
  ])('read %s = %s', (path, written, value) => {
    expect(readSetting(path, written)).toEqual({ value });
  });

  it.each([
    ['cache.ttl', '30', undefined],
    ['cache.ttl', undefined, undefined],
    ['cache.ttl', null, undefined],
    ['cache.ttl', {}, undefined],
    ['app.workers', 0, undefined],
    ['app.workers', 'none', undefined],
    ['local.enabled', 'yes', undefined],
    ['cache.eviction', 'lrv', 'lru'],
    ['cache.evction', 'lru', 'cache.eviction'],
  ])('refuse %s = %s', (path, written, nearest) => {
    const result = readSetting(path, written);
    expect(result).toMatchObject({ problem: { path, message: expect.stringMatching(/^found .*, expected/) } });
    expect('problem' in result && result.problem.nearest).toBe(nearest);
  });

  it('guess only what the scenario has', () => {
    expect(nearestSetting('traffic.batchjobs.rate', scenario)).toBe('traffic.batch-jobs.rate');
    expect(nearestSetting('cahce.ttl', scenario)).toBe('cache.ttl');
    expect(nearestSetting('nothing.like.it', scenario)).toBeUndefined();
  });
});

describe('settings as written and as shown', () => {
  const settings = listSettings({ traffic: { readers: {} } });

  it('are read back exactly', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...settings),
        fc.integer({ min: 0, max: 1_000_000_000 }),
        ({ path, kind, min, max, choices }, part) => {
          const from = min ?? 0;
          const span = (max ?? from + 1000) - from;
          const amount = from + (part / 1_000_000_000) * span;
          const whole = kind === 'duration' || kind === 'count' || kind === 'size';
          const value =
            kind === 'flag'
              ? part < 500_000_000
              : choices
                ? choices[part % choices.length]
                : whole
                  ? Math.round(amount)
                  : amount;
          expect(readSetting(path, formatSetting(path, value)), path).toEqual({ value });
        },
      ),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('are short where they can be', () => {
    expect(formatSetting('cache.ttl', 300_000_000)).toBe('5m');
    expect(formatSetting('cache.ttl', Number.POSITIVE_INFINITY)).toBe('none');
    expect(formatSetting('traffic.a.rate', 7 / 60)).toBe('7/m');
    expect(formatSetting('traffic.a.writes', 0.07)).toBe('7%');
    expect(formatSetting('traffic.a.exponent', 0.99)).toBe('0.99');
    expect(formatSetting('local.enabled', true)).toBe('true');
  });

  it.each<[string, number | string | boolean, string]>([
    ['cache.ttl', 300_000_000, '300 s'],
    ['traffic.readers.rate', 1200, "1'200 /s"],
    ['traffic.readers.writes', 0.02, '2 %'],
    ['cache.capacity', 96, '96 entries'],
    ['cache.ttl', Number.POSITIVE_INFINITY, 'off'],
    ['local.enabled', false, 'off'],
    ['cache.eviction', 'lru', 'lru'],
    ['traffic.readers.exponent', 0.99, '0.99'],
    ['no.such.path', 5, '5'],
  ])('show %s of %s as %s', (path, value, shown) => {
    expect(displaySetting(path, value)).toBe(shown.replaceAll(' ', '\u00a0').replaceAll("'", '\u202f'));
  });

  it('never show a bare unit, an exponent or NaN for a default', () => {
    for (const { path } of settings) {
      const shown = displaySetting(path, getSetting(scenario, path) ?? '');
      expect(shown, path).toMatch(/^(\d[\d\u202f]*(\.\d+)?(\u00a0\S+)?|[a-z-]+)$/);
    }
  });
});

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
