import { expect, it } from 'vitest';
import { allPolicies } from '../../../../src/lab.ts';
import { lineStyle } from './lineStyles.ts';

it('tells any two policies apart', () => {
  const looks = allPolicies.map(({ id }) => {
    const { colour, dashes, width } = lineStyle(id);
    return `${colour} ${dashes} ${width}`;
  });
  expect(new Set(looks).size).toBe(allPolicies.length);
});
