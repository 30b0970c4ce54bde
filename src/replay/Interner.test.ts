import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interner } from './Interner.ts';

const encoder = new TextEncoder();

/** Ids as a Map would give them. */
function idsByMap(keys: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return keys.map((key) => seen.get(key) ?? (seen.set(key, seen.size), seen.size - 1));
}

const internAll = (interner: Interner, keys: readonly string[]): number[] =>
  keys.map((key) => {
    const bytes = encoder.encode(`<${key}>`);
    return interner.intern(bytes, 1, bytes.length - 1);
  });

/** Keys that look like numbers, almost like numbers, and like nothing of the kind. */
const key = fc.oneof(
  fc.nat(60).map(String),
  fc.bigInt(0n, 1n << 34n).map(String),
  fc.constantFrom('', '0', '00', '007', '-1', '+1', '1e3', '4294967295', '4294967296', '9999999999', ' 1', '1 ', 'é'),
  fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', '1', 'ß') }),
);

describe('Interner', () => {
  it('gives ids as a Map would, whatever its seed, and knows the names', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), fc.integer(), (keys, seed) => {
        const interner = new Interner(seed, 1000, 100_000);
        const ids = internAll(interner, keys);
        expect(ids).toEqual(idsByMap(keys));
        const before = ids.map((id) => interner.nameOf(id));
        expect(before).toEqual(keys);
        interner.close();
        expect(ids.map((id) => interner.nameOf(id))).toEqual(keys);
        expect(interner.distinct).toBe(new Set(keys).size);
      }),
    );
  });

  it('keeps a number and what writes it as one key', () => {
    const interner = new Interner(1, 100, 100);
    expect([interner.internNumber(4294967295), interner.internNumber(0)]).toEqual([0, 1]);
    expect(internAll(interner, ['4294967295', '0', '4294967296'])).toEqual([0, 1, 2]);
  });

  it('interns numbers together as it does one by one, up to where there is no room', () => {
    // Small ones, large ones, and those about the border between the two.
    const number = fc.oneof(fc.nat(40), fc.integer({ min: 2_097_140, max: 2_097_160 }), fc.nat(0xffffffff));
    fc.assert(
      fc.property(fc.array(number), fc.nat(60), fc.nat(5), (numbers, most, at) => {
        const [together, single] = [new Interner(1, most, 0), new Interner(1, most, 0)];
        const ids = new Uint32Array(at + numbers.length);
        const expected = numbers.map((key) => single.internNumber(key));
        const room = expected.indexOf(-1) === -1 ? expected.length : expected.indexOf(-1);
        expect(together.internNumbers(Uint32Array.from(numbers), ids, at)).toBe(room);
        expect([...ids.subarray(at, at + room)]).toEqual(expected.slice(0, room));
        for (const id of expected.slice(0, room)) expect(together.nameOf(id)).toBe(single.nameOf(id));
      }),
    );
  });

  it('grows through many tables', () => {
    const interner = new Interner(7, 1_000_000, 10_000_000);
    const count = 60_000;
    const names: string[] = [];
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < count; i++) {
        // Numbers that are all multiples of a large power of two, as addresses are.
        names[interner.internNumber(i * 16384)] = String(i * 16384);
        const bytes = encoder.encode(`/item/${i}`);
        names[interner.intern(bytes, 0, bytes.length)] = `/item/${i}`;
      }
      expect(interner.distinct).toBe(2 * count);
    }
    expect(names.filter((name, id) => interner.nameOf(id) !== name)).toEqual([]);
  });

  it('has long keys, and tells those apart that differ only at one end', () => {
    const interner = new Interner(1, 100, 1_000_000);
    const long = 'x'.repeat(40_000);
    const keys = [long, `${long}y`, `y${long}`, long, '', 'x'.repeat(127), 'x'.repeat(128)];
    expect(internAll(interner, keys)).toEqual([0, 1, 2, 0, 3, 4, 5]);
    expect(interner.nameOf(1)).toBe(`${long}y`);
  });

  it('refuses what it has no room for, and nothing else', () => {
    const few = new Interner(1, 2, 100);
    expect(internAll(few, ['1', 'a', '2', 'b', 'a', '1'])).toEqual([0, 1, -1, -1, 1, 0]);
    const small = new Interner(1, 100, 20);
    expect(internAll(small, ['abcdefgh', 'abcdefghijkl', '5', 'abcdefgh'])).toEqual([0, -1, 1, 0]);
  });

  it('names no id that it has not given', () => {
    const interner = new Interner(1, 10, 10);
    interner.internNumber(5);
    for (const id of [1, -1, 0.5]) expect(() => interner.nameOf(id)).toThrow(RangeError);
  });

  it('shows bytes that are no text as what they are', () => {
    const interner = new Interner(1, 10, 100);
    const bytes = Uint8Array.of(0x41, 0xff, 0xc3, 0xa9, 0x1b, 0xe2, 0x82, 0xc3);
    expect(interner.nameOf(interner.intern(bytes, 0, bytes.length))).toBe('A\\xffé\\x1b\\xe2\\x82\\xc3');
  });
});
