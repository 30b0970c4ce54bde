import { describe, expect, it } from 'vitest';
import { mostChanged } from './usePulse.ts';

describe('the chart that an act changed most', () => {
  it('is the one with the largest share of change, none under a tenth', () => {
    const before = new Map([
      ['hit-ratio', 0.9],
      ['database-rate', 60],
      ['errors', 0],
    ] as const);
    expect(
      mostChanged(
        before,
        new Map([
          ['hit-ratio', 0.85],
          ['database-rate', 63],
        ] as const),
      ),
    ).toBeNull();
    expect(
      mostChanged(
        before,
        new Map([
          ['hit-ratio', 0.4],
          ['database-rate', 240],
        ] as const),
      ),
    ).toBe('database-rate');
    expect(
      mostChanged(
        before,
        new Map([
          ['errors', 5],
          ['database-rate', 70],
        ] as const),
      ),
    ).toBe('errors');
    expect(mostChanged(before, new Map([['hit-ratio', Number.NaN]] as const))).toBeNull();
  });
});
