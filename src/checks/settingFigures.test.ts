import { describe, expect, it } from 'vitest';
import { readScenario } from '../scenario/readScenario.ts';
import type { ScenarioInput } from '../scenario/schema.ts';
import type { Variant } from './Experiment.ts';
import { parseCheck, parseExpression } from './parseCheck.ts';
import { printCheck, printExpression } from './printCheck.ts';
import { checkWithSettingFigures, withSettingFigures } from './settingFigures.ts';

function variant(name: string, more: Partial<ScenarioInput>): Variant {
  const read = readScenario({ scenario: 1, id: 'a', title: 'A', traffic: { readers: { rate: '300/m' } }, ...more });
  if ('problems' in read) throw new Error(read.problems[0].message);
  return { name, title: name, ...read };
}

const variants = [variant('short', { cache: { ttl: '5s' } }), variant('long', { cache: { ttl: '2m' } })];

function resolved(text: string): string {
  const parsed = parseExpression(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return printExpression(withSettingFigures(parsed.expression, variants));
}

describe('withSettingFigures', () => {
  it('puts in what the variant starts with, the first one unless named', () => {
    expect(resolved('cache.ttl + 200ms')).toBe('5s + 200ms');
    expect(resolved('-(cache.ttl of long) * traffic.readers.rate')).toBe('-2m * 5/s');
  });

  it('leaves metrics, aggregates and settings that are no numbers as they are', () => {
    expect(resolved('database.qps of long / max(cache.ttl)')).toBe('database.qps of long / max(cache.ttl)');
    expect(resolved('pattern.read')).toBe('pattern.read');
  });

  it('reaches every side of a check', () => {
    const parsed = parseCheck('max(stale.age) of long == cache.ttl of long +- cache.ttl of short over 1s..2s');
    if ('problem' in parsed) throw new Error(parsed.problem.message);
    expect(printCheck(checkWithSettingFigures(parsed.check, variants))).toMatch(/ of long == 2m \+- 5s over 1s\.\.2s$/);
  });
});
