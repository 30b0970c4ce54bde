import type { Scenario } from './schema.ts';

/** The canonical value that stands at a path of a scenario; undefined where there is none. Knows no schema. */
export function settingValue(scenario: Scenario, path: string): number | string | boolean | undefined {
  let value: unknown = scenario;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return typeof value === 'object' ? undefined : (value as number | string | boolean);
}
