import { useEffect, useRef } from 'react';
import { readActions } from '../../../src/reading.ts';
import { decodeLink, encodeLink } from '../../share/link.ts';
import { sharedMoment, stageOptionsOf } from '../../share/moment.ts';
import type { Stage, StageOptions } from '../../stage/Stage.ts';
import type { StageState } from '../../stage/StageState.ts';
import { checkPlain } from '../host/plainMessage.ts';
import { randomId } from '../randomId.ts';
import { watchJumps } from '../sim/watchJumps.ts';

/** What windows of one session tell each other: the run as a whole, so that a late window needs nothing else. */
interface Moment {
  hotpathSession: 1;
  ask?: true;
  from: string;
  /** The one that is meant; all where it is absent. */
  to?: string;
  set?: Record<string, string | number | boolean>;
  seed?: number;
  acts?: unknown[];
  t?: number;
  playing?: boolean;
  speed?: number;
  /** A packed state: another run took the place of the one before. */
  s?: string;
}

/** While a run goes, the window that started it says again where it stands, real milliseconds. */
const againEveryMs = 2000;
/** How far apart two running windows may be, real milliseconds at the run's speed. */
const apartMs = 250;

/**
 * Keeps a stage in step with other embeds of the same session in this browser: same scenario, same seed, same acts at
 * the same virtual times. Only what was done travels. Where a sandbox makes the channel silent, the loader's relay does
 * the same with `command` and `apply`.
 * @param isThere false while the stage is on its way to its first moment. @param open puts another run in its place.
 */
export function useLockStep(
  stage: Stage,
  session: string | undefined,
  isThere: boolean,
  open: (options: StageOptions) => void,
): void {
  const earlier = useRef<Stage | null>(null);
  const followed = useRef(false);
  useEffect(() => {
    if (session === undefined || !isThere) return undefined;
    const channel = openChannel(`hotpath:${session}`);
    if (channel === null) return undefined;
    const step = new LockStep(stage, channel, (options) => {
      followed.current = true;
      open(options);
    });
    if (earlier.current === null || earlier.current === stage) step.ask();
    else if (!followed.current) void step.tellWhole();
    earlier.current = stage;
    followed.current = false;
    return () => step.close();
  }, [stage, session, isThere, open]);
}

/** One window of a session. */
class LockStep {
  private readonly from = randomId();
  private readonly stage: Stage;
  private readonly channel: BroadcastChannel;
  private readonly open: (options: StageOptions) => void;
  private readonly stops: (() => void)[];
  /** What all windows agreed on last, as text: what comes of following it is not told again. */
  private agreed: string;
  private agreedUs = -1;
  private following = false;
  private leads = false;
  private due = false;
  private seen: StageState;

  constructor(stage: Stage, channel: BroadcastChannel, open: (options: StageOptions) => void) {
    this.stage = stage;
    this.channel = channel;
    this.open = open;
    this.agreed = asText(this.shared());
    this.seen = stage.store.getState();
    const timer = setInterval(() => this.again(), againEveryMs);
    this.stops = [
      () => clearInterval(timer),
      stage.store.subscribe(() => this.changed()),
      watchJumps(stage, (atUs) => this.jumped(atUs)),
    ];
    channel.onmessage = ({ data }: MessageEvent) => this.hear(data);
  }

  close(): void {
    for (const stop of this.stops) stop();
    this.channel.close();
  }

  /** Asks whoever is there already where the session stands. */
  ask(): void {
    this.post({ ask: true });
  }

  /** Another run is here, which the others have to open as well. */
  async tellWhole(): Promise<void> {
    const s = await encodeLink(sharedMoment(this.stage));
    this.post({ ...this.shared(), t: this.nowUs, s });
  }

  private get nowUs(): number {
    return Math.round(this.stage.playhead.atUs);
  }

  private shared(): Pick<Moment, 'set' | 'seed' | 'acts' | 'playing' | 'speed'> {
    const { patch, seed, playing, speed } = this.stage.store.getState();
    return { set: patch, seed, acts: sharedMoment(this.stage).actions, playing, speed };
  }

  private post(more: Omit<Moment, 'hotpathSession' | 'from'>): void {
    this.channel.postMessage({ hotpathSession: 1, from: this.from, ...more });
  }

  private changed(): void {
    if (this.following || this.due) return;
    const now = this.stage.store.getState();
    const before = this.seen;
    this.seen = now;
    const isSame =
      now.actions === before.actions &&
      now.patch === before.patch &&
      now.seed === before.seed &&
      now.playing === before.playing &&
      now.speed === before.speed;
    if (!isSame && asText(this.shared()) !== this.agreed) this.tellSoon();
  }

  private jumped(atUs: number): void {
    if (!this.following && Math.round(atUs) !== this.agreedUs) this.tellSoon();
  }

  /** Once for all that one act changes. */
  private tellSoon(): void {
    if (this.due) return;
    this.due = true;
    queueMicrotask(() => {
      this.due = false;
      const shared = this.shared();
      this.agreed = asText(shared);
      this.leads = true;
      this.post({ ...shared, t: this.nowUs });
    });
  }

  /** Runs of two windows drift apart by the frames that one of them loses. */
  private again(): void {
    if (this.leads && this.stage.store.getState().playing && !document.hidden)
      this.post({ ...this.shared(), t: this.nowUs });
  }

  private hear(data: unknown): void {
    const moment = readMoment(data);
    if (moment === null || moment.from === this.from || (moment.to !== undefined && moment.to !== this.from)) return;
    if (moment.ask) this.post({ ...this.shared(), t: this.nowUs, to: moment.from });
    else if (typeof moment.s === 'string') void this.openWhole(moment.s, moment.playing === true);
    else this.follow(moment);
  }

  private async openWhole(packed: string, playing: boolean): Promise<void> {
    const decoded = await decodeLink(packed);
    if ('error' in decoded) return;
    const options = await stageOptionsOf(decoded.ok);
    if (!('problem' in options)) this.open({ ...options, playing });
  }

  private follow({ set = {}, seed, acts = [], t = 0, playing = false, speed = 1 }: Moment): void {
    const { stage } = this;
    const { scenarios, patch, actions, seed: ownSeed } = stage.store.getState();
    const read = readActions(acts, scenarios[0]);
    if ('problems' in read) return;
    this.leads = false;
    this.agreed = asText({ set, seed, acts, playing, speed });
    this.agreedUs = t;
    this.following = true;
    const same = JSON.stringify([set, seed, read.actions]) === JSON.stringify([patch, ownSeed, actions]);
    if (!same) stage.setMoment({ patch: set, seed, actions: read.actions });
    stage.setSpeed(speed);
    if (!playing) stage.pause();
    if (Math.abs(stage.playhead.atUs - t) > (playing ? apartMs * 1000 * speed : 0)) stage.seek(t);
    if (playing) stage.play();
    this.following = false;
  }
}

function asText({ set, seed, acts, playing, speed }: Partial<Moment>): string {
  return JSON.stringify([set, seed ?? null, acts, playing, speed]);
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
  return known && typeof moment.from === 'string' ? (moment as Moment) : null;
}
