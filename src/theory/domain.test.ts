import { describe, expect, it } from 'vitest';
import { checkAtLeast, checkPositive, checkShare, checkWhole } from './domain.ts';

describe('domains', () => {
  it.each([-1e-300, -1, NaN, Infinity, -Infinity])('refuse %d everywhere', (value) => {
    expect(() => checkAtLeast('a rate', value)).toThrow(RangeError);
    expect(() => checkPositive('a rate', value)).toThrow(RangeError);
    expect(() => checkShare('a share', value)).toThrow(RangeError);
    expect(() => checkWhole('a count', value, 0)).toThrow(RangeError);
  });

  it('end where they say', () => {
    expect(() => checkAtLeast('a rate', 0)).not.toThrow();
    expect(() => checkAtLeast('a count', 0.5, 1)).toThrow('a count must be a number from 1, not 0.5');
    expect(() => checkPositive('a time', 0)).toThrow('a time must be a number above 0, not 0');
    expect(() => checkPositive('a time', 1e-300)).not.toThrow();
    expect(() => checkShare('a share', 0)).not.toThrow();
    expect(() => checkShare('a share', 1)).not.toThrow();
    expect(() => checkShare('a share', 1 + 1e-15)).toThrow(RangeError);
    expect(() => checkWhole('a count', 1, 1)).not.toThrow();
    expect(() => checkWhole('a count', 1.5, 1)).toThrow(RangeError);
    expect(() => checkWhole('a count', 0, 1)).toThrow('a count must be a whole number from 1, not 0');
    expect(() => checkWhole('a count', 9007199254740992, 1)).toThrow(RangeError);
  });
});
