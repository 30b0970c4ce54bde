import type { Scenario } from '../scenario/schema.ts';

/** States of a circuit breaker, as the `detail` of its instants. */
export const BREAKER = { closed: 0, open: 1, halfOpen: 2 } as const;

type Rules = Pick<Scenario['protect'], 'breakerShare' | 'breakerCalls' | 'breakerCooldown'>;

/**
 * A circuit breaker. Closed, it lets every call through and remembers how the last ones ended; when there are
 * `breakerCalls` of them and a share of at least `breakerShare` failed, it opens. Open, it lets none through. After
 * `breakerCooldown` it is half-open: the next call is a trial, and by its end it closes or opens again. Results of calls
 * that began before its last change of state are not looked at.
 * @source Nygard, "Release It!", 2nd ed. (2018), ch. 5, "Circuit Breaker".
 */
export class Breaker {
  state: number = BREAKER.closed;
  /** Rises at every change of state; the number that a call is let through with. */
  private era = 0;
  private openedUs = 0;
  /** How the last calls ended, 1 for a failure, as a ring. */
  private ends = new Uint8Array(0);
  private next = 0;
  private known = 0;
  private failures = 0;
  private readonly rules: Rules;
  private readonly changed: (state: number) => void;

  /** `rules` are read anew at every call; `changed` is told of every new state. */
  constructor(rules: Rules, changed: (state: number) => void) {
    this.rules = rules;
    this.changed = changed;
  }

  /** A call wants to begin: the number to end it with, −1 where it may not. */
  enter(nowUs: number): number {
    if (this.state === BREAKER.closed) return this.era;
    if (this.state === BREAKER.halfOpen || nowUs < this.openedUs + this.rules.breakerCooldown) return -1;
    this.become(BREAKER.halfOpen);
    return this.era;
  }

  /** A call that was let through with number `entered` has ended. */
  leave(entered: number, failed: boolean, nowUs: number): void {
    if (entered !== this.era) return;
    if (this.state === BREAKER.halfOpen) {
      if (failed) this.open(nowUs);
      else this.become(BREAKER.closed);
      return;
    }
    this.remember(failed);
    const { breakerCalls, breakerShare } = this.rules;
    // Shares like 7 % have no exact double.
    if (this.known === breakerCalls && this.failures >= breakerShare * breakerCalls - 1e-9) this.open(nowUs);
  }

  /** The process that it lived in is gone, and with it all that it knew. */
  forget(): void {
    if (this.state === BREAKER.closed) {
      this.era++;
      this.clear();
    } else this.become(BREAKER.closed);
  }

  private open(nowUs: number): void {
    this.openedUs = nowUs;
    this.become(BREAKER.open);
  }

  private become(state: number): void {
    this.state = state;
    this.era++;
    this.clear();
    this.changed(state);
  }

  private remember(failed: boolean): void {
    if (this.ends.length !== this.rules.breakerCalls) {
      this.ends = new Uint8Array(this.rules.breakerCalls);
      this.clear();
    }
    if (this.known === this.ends.length) this.failures -= this.ends[this.next];
    else this.known++;
    this.ends[this.next] = failed ? 1 : 0;
    this.failures += this.ends[this.next];
    this.next = (this.next + 1) % this.ends.length;
  }

  private clear(): void {
    this.next = 0;
    this.known = 0;
    this.failures = 0;
  }
}
