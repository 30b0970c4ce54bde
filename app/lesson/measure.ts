/** What a running figure offers to the lesson around it; the store of a stage is one. */
export interface Measured {
  /**
   * The value of a metric at this moment of the run.
   * @returns undefined while it is not known, and for a name that is none.
   */
  measure: (metric: string) => number | undefined;
  /** Calls the listener when a value may have changed, a few times a second at most; returns how to stop that. */
  subscribe: (listener: () => void) => () => void;
}
