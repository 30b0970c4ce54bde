/** The moment that is shown (µs of virtual time), as the views see it: it moves 60 times a second, outside React. */
export interface PlayheadSource {
  readonly atUs: number;
  /** Calls back on every move; returns how to stop. */
  subscribe(listener: (atUs: number) => void): () => void;
}
