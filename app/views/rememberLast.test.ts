import { expect, it } from 'vitest';
import { rememberLast } from './rememberLast.ts';

it('computes anew only when a key has changed, NaN being itself', () => {
  const remember = rememberLast<number>();
  let computed = 0;
  const ask = (...keys: unknown[]) => remember(keys, () => ++computed);
  expect([ask(1, Number.NaN), ask(1, Number.NaN), ask(1, 2), ask(1), ask(1, Number.NaN)]).toEqual([1, 1, 2, 3, 4]);
});
