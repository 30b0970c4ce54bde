/**
 * MurmurHash3 x86 32-bit: the hash that names streams and keys luck. Integer operations only, so it is the same everywhere.
 * Source: Austin Appleby, SMHasher, MurmurHash3.cpp (public domain).
 */

/** Folds one 32-bit word into the state. */
function absorb(state: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  k = Math.imul(k, 0x1b873593);
  const h = state ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** Spreads every bit of the state over the whole word; returns an unsigned 32-bit integer. */
function finish(state: number, byteCount: number): number {
  let h = state ^ byteCount;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Hash of three 32-bit words under a seed: equal to `murmur3Bytes` of their 12 little-endian bytes.
 * Arguments are taken modulo 2^32. Returns an integer in [0, 2^32). Allocates nothing.
 */
export function mix3(seed: number, a: number, b: number, c: number): number {
  return finish(absorb(absorb(absorb(seed | 0, a), b), c), 12);
}

/** Hash of four 32-bit words under a seed; as `mix3`, over 16 bytes. */
export function mix4(seed: number, a: number, b: number, c: number, d: number): number {
  return finish(absorb(absorb(absorb(absorb(seed | 0, a), b), c), d), 16);
}

/** Hash of a list of bytes (0..255 each) under a seed. Returns an integer in [0, 2^32). */
export function murmur3Bytes(bytes: ArrayLike<number>, seed: number): number {
  const count = bytes.length;
  const tail = count & ~3;
  let state = seed | 0;
  for (let i = 0; i < tail; i += 4) {
    state = absorb(state, bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
  }
  let k = 0;
  for (let i = count - 1; i >= tail; i--) k = (k << 8) | bytes[i];
  k = Math.imul(k, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  return finish(state ^ Math.imul(k, 0x1b873593), count);
}

/** Hash of a text's UTF-8 bytes under a seed. A lone surrogate counts as its own three bytes. Returns an integer in [0, 2^32). */
export function murmur3Text(text: string, seed: number): number {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else {
      bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    }
  }
  return murmur3Bytes(bytes, seed);
}
