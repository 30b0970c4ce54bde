/** What a trace may cost. Every limit is data, so that a test or another host can set its own. */
export interface TraceLimits {
  /** Requests that are kept; reading stops there. At most 16,777,214, for ids have 24 bits in the interner. */
  requests: number;
  /** Bytes of a line, without its end. A longer one is a bad line, and is not kept in memory. */
  lineBytes: number;
  /** Bytes of all different keys that are no whole numbers below 2^32; reading stops there. */
  keyBytes: number;
  /** Bytes after decompression; reading fails there. */
  unpackedBytes: number;
  /** So many times its packed size may a file grow, once it has grown past `freeBytes`; reading fails there. */
  unpackedRatio: number;
  /** Requests that one byte of the file may stand for, once there are more than `freeRequests`; reading fails there. */
  requestsPerByte: number;
  /** Unpacked bytes below which no ratio is judged. */
  freeBytes: number;
  /** Requests below which no ratio is judged. */
  freeRequests: number;
  /** So many lines at the start without one good among them, and reading fails: it is another format. */
  hopelessLines: number;
  /** Bad lines that are remembered; more are only counted. */
  badLines: number;
}

/**
 * The limits of the page and of the command line. With them a trace of ten million different keys stays below 300 MB: 40 for the
 * ids, 40 for the times, 40 for where the keys are, 67 for the table, 64 for the keys.
 */
export const traceLimits: TraceLimits = {
  requests: 10_000_000,
  lineBytes: 65_536,
  keyBytes: 64_000_000,
  unpackedBytes: 2_147_483_648,
  unpackedRatio: 200,
  requestsPerByte: 16,
  freeBytes: 33_554_432,
  freeRequests: 262_144,
  hopelessLines: 1000,
  badLines: 50,
};
