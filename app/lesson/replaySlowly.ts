import type { Stage } from '../stage/Stage.ts';
import { requestTrace } from '../views/requestTrace.ts';

/** How long one request takes to watch, seconds. */
const watchS = 8;

/**
 * Goes back to the beginning of a request and plays it in eight seconds; when it is over the stage pauses and has its speed
 * back. Does nothing for a request that is not kept.
 */
export function replaySlowly(stage: Stage, request: number): void {
  const run = stage.store.getState().runs[0];
  const root = run ? requestTrace(run.spans, request)?.root : undefined;
  if (root === undefined) return;
  const endUs = Number.isFinite(root.end) ? root.end : root.start + 200_000;
  const { speed } = stage.store.getState();
  const slow = Math.min(speed, (endUs - root.start) / 1e6 / watchS);
  stage.seek(root.start);
  stage.setSpeed(slow);
  stage.play();
  const stop = stage.playhead.subscribe((atUs) => {
    const isChanged = stage.store.getState().speed !== slow;
    if (!isChanged && atUs >= root.start && atUs < endUs) return;
    stop();
    if (isChanged) return;
    stage.pause();
    stage.setSpeed(speed);
  });
}
