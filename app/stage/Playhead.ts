/** The moment that is shown (µs of virtual time). Lives outside React: it moves 60 times a second. */
export class Playhead {
  private us = 0;
  private readonly listeners = new Set<(atUs: number) => void>();

  get atUs(): number {
    return this.us;
  }

  /** Moves to a moment and tells everybody who draws it. */
  move(atUs: number): void {
    if (atUs === this.us) return;
    this.us = atUs;
    for (const listener of this.listeners) listener(atUs);
  }

  /** Calls back on every move; returns how to stop. */
  subscribe(listener: (atUs: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
