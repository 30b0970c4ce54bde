import { expect, it } from 'vitest';
import type { Action } from '../../src/index.ts';
import { fromTheStart } from './restart.ts';

it('keeps the last turn of each control, from the start, and nothing else', () => {
  const actions: Action[] = [
    { do: 'set', path: 'cache.ttl', value: 5e6, at: 2e6 },
    { do: 'set', path: 'cache.capacity', value: 40, at: 3e6 },
    { do: 'kill', node: 'redis', at: 4e6 },
    { do: 'set', path: 'cache.ttl', value: 9e6, at: 6e6 },
  ];
  expect(fromTheStart(actions)).toEqual([
    { do: 'set', path: 'cache.ttl', value: 9e6, at: 0 },
    { do: 'set', path: 'cache.capacity', value: 40, at: 0 },
  ]);
  expect(fromTheStart([])).toEqual([]);
});
