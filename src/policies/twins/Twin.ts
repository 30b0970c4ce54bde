import type { Policy, PolicyContext } from '../Policy.ts';

/**
 * A policy once more, as its paper or textbook states it: plain arrays, searched from end to end. Slow, and there only for the
 * tests of the fast one to agree with. It neither replays nor shows itself.
 */
export type Twin = Omit<Policy, 'replay' | 'inspect'>;

/** Makes the twin of one policy. */
export type CreateTwin = (context: PolicyContext) => Twin;
