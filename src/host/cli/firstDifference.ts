import type { Columns } from '../../spans/columns.ts';

/**
 * A number for the life of each request: what was asked and answered, where and when. Numbers of rows are left out: they
 * count all rows of a world, and shift with the first that one world has more.
 */
export class RequestPrints {
  private prints = new Int32Array(4096);
  /** Requests seen. */
  count = 0;

  /** Adds rows in order of closing; at the end those that are still open. */
  add(rows: Columns): void {
    for (let row = 0; row < rows.length; row++) {
      const request = rows.request[row];
      if (request === 0) continue;
      this.fit(request);
      let print = this.prints[request];
      for (const column of [rows.start, rows.sent, rows.arrive, rows.service, rows.leave, rows.end]) {
        print = mixed(mixed(print, column[row] | 0), (column[row] / 4294967296) | 0);
      }
      for (const column of [
        rows.key,
        rows.version,
        rows.detail,
        rows.op,
        rows.outcome,
        rows.cause,
        rows.flags,
        rows.node,
        rows.from,
      ]) {
        print = mixed(print, column[row]);
      }
      this.prints[request] = print;
    }
  }

  /** The first request that lived otherwise in the other world; 0 when all did the same. */
  firstDifference(other: RequestPrints): number {
    const last = Math.max(this.count, other.count);
    for (let request = 1; request <= last; request++) {
      if ((this.prints[request] ?? 0) !== (other.prints[request] ?? 0)) return request;
    }
    return 0;
  }

  private fit(request: number): void {
    if (request > this.count) this.count = request;
    if (request < this.prints.length) return;
    const next = new Int32Array(Math.max(request + 1, this.prints.length * 2));
    next.set(this.prints);
    this.prints = next;
  }
}

/** One step of murmur3 (x86, 32 bit). */
function mixed(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593) ^ hash;
  return (Math.imul((k << 13) | (k >>> 19), 5) + 0xe6546b64) | 0;
}
