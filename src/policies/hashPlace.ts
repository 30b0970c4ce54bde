/**
 * Where among `places` (1 … 2^31) a key belongs: 0 … places − 1, by the hash of its id alone, so that neighbours have nothing in common.
 * @source The finalizer of MurmurHash3: Austin Appleby, SMHasher, MurmurHash3.cpp (public domain)
 */
export function hashPlace(id: number, places: number): number {
  let hash = Math.imul(id ^ (id >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return Math.floor((((hash ^ (hash >>> 16)) >>> 0) * places) / 4294967296);
}
