import { useEffect } from 'react';
import { readActions } from '../../../src/reading.ts';
import { sharedMoment } from '../../share/moment.ts';
import type { Stage } from '../../stage/Stage.ts';
import { checkPlain } from '../host/plainMessage.ts';
import { randomId } from '../randomId.ts';

/** What windows of one session tell each other: the run as a whole, so that a late window needs nothing else. */
interface Moment {
  hotpathSession: 1;
  ask?: true;
  from: string;
  n: number;
  set?: Record<string, string | number | boolean>;
  seed?: number;
  acts?: unknown[];
  t?: number;
  playing?: boolean;
  speed?: number;
}

/**
 * Keeps a stage in step with other embeds of the same session in this browser: same scenario, same seed, same acts at
 * the same virtual times. Only what was done travels. Where a sandbox makes the channel silent, the loader's relay does
 * the same with `command` and `apply`.
 */
export function useLockStep(stage: Stage, session: string | undefined): void {
  useEffect(() => {
    if (session === undefined) return undefined;
    const channel = openChannel(`hotpath:${session}`);
    if (channel === null) return undefined;
    const from = randomId();
    let n = 0;
    let following = false;
    const tell = () => {
      const { patch, seed, playing, speed } = stage.store.getState();
      const { actions } = sharedMoment(stage);
      const t = Math.round(stage.playhead.atUs);
      channel.postMessage({ hotpathSession: 1, from, n: ++n, set: patch, seed, acts: actions, t, playing, speed });
    };
    channel.onmessage = ({ data }: MessageEvent) => {
      const moment = readMoment(data);
      if (moment === null || moment.from === from) return;
      if (moment.ask) {
        if (n > 0) tell();
        return;
      }
      following = true;
      follow(stage, moment);
      following = false;
    };
    const stop = stage.store.subscribe((now, before) => {
      const changed =
        now.actions !== before.actions ||
        now.patch !== before.patch ||
        now.seed !== before.seed ||
        now.playing !== before.playing ||
        now.speed !== before.speed;
      if (changed && !following) tell();
    });
    channel.postMessage({ hotpathSession: 1, ask: true, from, n: 0 });
    return () => {
      stop();
      channel.close();
    };
  }, [stage, session]);
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

function readMoment(data: unknown): Moment | null {
  try {
    checkPlain(data);
  } catch {
    return null;
  }
  const moment = data as Partial<Moment> | null;
  const known = typeof moment === 'object' && moment !== null && moment.hotpathSession === 1;
  return known && typeof moment.from === 'string' && typeof moment.n === 'number' ? (moment as Moment) : null;
}

function follow(stage: Stage, { set = {}, seed, acts = [], t = 0, playing = false, speed = 1 }: Moment): void {
  const { scenarios, patch, actions, seed: ownSeed } = stage.store.getState();
  const read = readActions(acts, scenarios[0]);
  if ('problems' in read) return;
  const same = JSON.stringify([set, seed, read.actions]) === JSON.stringify([patch, ownSeed, actions]);
  if (!same) stage.setMoment({ patch: set, seed, actions: read.actions });
  stage.setSpeed(speed);
  if (Math.abs(stage.playhead.atUs - t) > 250_000 * speed || !playing) stage.seek(t);
  if (playing) stage.play();
  else stage.pause();
}
