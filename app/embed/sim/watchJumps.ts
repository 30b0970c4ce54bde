import type { Stage } from '../../stage/Stage.ts';

/** Moves smaller than this, real milliseconds at the run's speed, are a run catching its breath and no jump. */
const smallestMs = 250;

/**
 * Calls back when the playhead went somewhere else: any move while the run stands still, and a leap while it runs. Running
 * on is no jump. Returns how to stop.
 */
export function watchJumps(stage: Stage, onJump: (atUs: number) => void): () => void {
  let lastUs = stage.playhead.atUs;
  let wasPlaying = stage.store.getState().playing;
  return stage.playhead.subscribe((atUs) => {
    const { playing, speed, ended } = stage.store.getState();
    const byUs = atUs - lastUs;
    const slackUs = playing || wasPlaying ? smallestMs * 1000 * speed : 0;
    lastUs = atUs;
    wasPlaying = playing;
    if (!ended && Math.abs(byUs) > slackUs) onJump(atUs);
  });
}
