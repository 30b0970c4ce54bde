import { nextTurn } from './nextTurn.ts';

/** Work between two turns for everybody else. */
const turnMs = 25;

/**
 * Does sliced work to its end and gives way every 25 ms. `onStep` hears every step. Ends with the signal's reason when `signal` is
 * aborted; the work is then told to clean up.
 */
export async function driveTrace<Told, Result>(
  work: Generator<Told, Result, void>,
  onStep: (told: Told) => void,
  signal?: AbortSignal,
): Promise<Result> {
  let turnEndMs = performance.now() + turnMs;
  try {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      onStep(step.value);
      if (performance.now() < turnEndMs) continue;
      await nextTurn();
      signal?.throwIfAborted();
      turnEndMs = performance.now() + turnMs;
    }
  } finally {
    work.return(undefined as Result);
  }
}
