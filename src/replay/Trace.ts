import type { KeyNames } from './Interner.ts';

/** A sequence of requests: what a replay, a curve and every statistic is computed from. */
export class Trace {
  /** One id a request, in order; ids are numbered from 0 by first appearance. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** How many different ids there are; every id is below it. */
  readonly distinct: number;
  /**
   * When each request came, seconds since the first, never falling (24 bits of precision: a second within half a year); null where
   * the trace tells no times.
   */
  readonly seconds: Float32Array<ArrayBuffer> | null;
  private readonly names: KeyNames;

  constructor(
    ids: Uint32Array<ArrayBuffer>,
    distinct: number,
    names: KeyNames,
    seconds: Float32Array<ArrayBuffer> | null = null,
  ) {
    this.ids = ids;
    this.distinct = distinct;
    this.names = names;
    this.seconds = seconds;
  }

  /** What the trace itself calls this id, for a screen. Throws a RangeError for an id that it does not have. */
  keyName(id: number): string {
    return this.names.nameOf(id);
  }
}
