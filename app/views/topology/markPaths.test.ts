import { describe, expect, it } from 'vitest';
import { marks, pack, packedPath, shortened } from './markPaths.ts';

describe('packing', () => {
  it('finds the widest distance at which all fit, and says how many do not', () => {
    for (const count of [0, 1, 7, 50, 400, 900, 5000]) {
      const { pitch, across, shown } = pack(count, 300, 54, 9, 3);
      expect(across * pitch).toBeLessThanOrEqual(300);
      expect(Math.ceil(shown / across) * pitch).toBeLessThanOrEqual(54);
      expect(shown).toBe(Math.min(count, 100 * 18));
      const wider = Math.floor(300 / (pitch + 1)) * Math.floor(54 / (pitch + 1));
      if (pitch < 9) expect(wider).toBeLessThan(count);
    }
  });

  it('draws one mark each', () => {
    const packing = pack(23, 100, 54, 9, 3);
    expect(packedPath(marks.diamond, packing, 5, packing.shown, 0, 0).match(/M/g)).toHaveLength(18);
  });
});

describe('names', () => {
  it('keep the number that tells keys apart', () => {
    expect(['page:7', 'restaurant:123', 'restaurants'].map((name) => shortened(name, 9))).toEqual([
      'page:7',
      'rest…:123',
      'restaura…',
    ]);
  });
});
