/** What a running figure offers to the lesson around it; the stage makes one of its run. */
export interface Measured {
  /**
   * The value of a metric, from the beginning of the run to the playhead, or over a span of virtual time.
   * @param span only then: both ends in µs from the start of the run.
   * @returns undefined while it is not known (the playhead is before the end of the span), and for a name that is none.
   */
  measure: (metric: string, span?: Span) => number | undefined;
  /** Calls the listener when a value may have changed, a few times a second at most; returns how to stop that. */
  subscribe: (listener: () => void) => () => void;
}

/** A stretch of virtual time, µs. */
export interface Span {
  fromUs: number;
  toUs: number;
}
