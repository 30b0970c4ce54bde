/** What the relay asks of an embed. */
interface Follower {
  readonly running: boolean;
  ask: (type: string, data?: unknown) => Promise<Record<string, unknown>>;
}

/** Where a run stands. */
interface Standing {
  t?: unknown;
  playing?: unknown;
  speed?: unknown;
  /** All of it, packed: where the run itself has to be taken over. */
  s?: unknown;
}

interface Said {
  type: string;
  data: Standing & { cmd?: { do?: string } };
  /** It is told to one that came late, which has nothing of its own yet. */
  late?: boolean;
}

const sessions = new Map<string, Set<Relay>>();
const windowName = `${Math.random()}`;
/** How much later than it was asked for a run may say that it goes, real milliseconds at its speed. */
const lateMs = 300;

/**
 * Keeps the embeds of one session in step where their own channel is silent: in a sandbox each frame is alone. What one
 * says was done, the others of this page do, and those in other windows of this site; one that comes late is told all.
 */
export class Relay {
  /** Asks of others that are being done: what comes of them is not passed on. */
  private following = 0;
  /** What was followed last; it may be said a little later. */
  private followed: Standing | null = null;
  private hasTold = false;
  private readonly done = new Set<string>();
  private queue: Promise<void> = Promise.resolve();
  private readonly others: Set<Relay>;
  private readonly channel: BroadcastChannel | null;
  private readonly session: string;
  private readonly embed: Follower;

  constructor(session: string, embed: Follower) {
    this.session = session;
    this.embed = embed;
    this.others = sessions.get(session) ?? new Set();
    this.others.add(this);
    sessions.set(session, this.others);
    this.channel =
      'BroadcastChannel' in window && window.origin.startsWith('http')
        ? new BroadcastChannel(`hotpath-page:${session}`)
        : null;
    if (this.channel !== null) this.channel.onmessage = ({ data }: MessageEvent) => this.hear(data);
  }

  close(): void {
    this.others.delete(this);
    this.channel?.close();
    if (this.others.size === 0) sessions.delete(this.session);
  }

  /** What this embed did; not passed on when it only followed. */
  tell(type: string, data: Said['data']): void {
    if (this.following > 0 || this.isEcho(type, data)) return;
    this.followed = null;
    this.hasTold = true;
    void this.pass({ type, data });
  }

  /** An embed that comes late goes where the others are. */
  join(): void {
    const other = [...this.others].find((one) => one !== this && one.embed.running);
    if (other === undefined) this.channel?.postMessage({ from: windowName, type: 'ask' });
    else void other.standing().then((data) => data !== null && this.follow({ type: 'command', data, late: true }));
  }

  private isEcho(type: string, { cmd, t, playing, speed }: Said['data']): boolean {
    if (type === 'command') return this.done.delete(asText(cmd));
    const { followed } = this;
    if (followed === null || followed.playing !== playing || followed.speed !== speed) return false;
    const apartUs = Math.abs(Number(t) - Number(followed.t));
    return apartUs <= (playing === true ? lateMs * 1000 * Number(speed) : 0);
  }

  private async pass({ type, data }: Said): Promise<void> {
    const whole = type === 'command' && data.cmd?.do === 'restart' ? await this.standing() : data;
    if (whole === null) return;
    for (const other of this.others) if (other !== this) other.follow({ type, data: whole });
    this.channel?.postMessage({ from: windowName, type, data: whole });
  }

  private hear(said: { from?: unknown; to?: unknown; type?: unknown; data?: unknown } | null): void {
    const { from, to, type, data } = said ?? {};
    if (typeof from !== 'string' || from === windowName || (to !== undefined && to !== windowName)) return;
    if (type === 'ask') void this.answer(from);
    else if (typeof type === 'string' && typeof data === 'object' && data !== null)
      this.follow({ type, data, late: to !== undefined });
  }

  private async answer(to: string): Promise<void> {
    const data = this.embed.running ? await this.standing() : null;
    if (data !== null) this.channel?.postMessage({ from: windowName, to, type: 'command', data });
  }

  private async standing(): Promise<Standing | null> {
    const state = await this.embed.ask('getState').catch(() => null);
    return state === null ? null : { s: state.s, t: state.t, playing: state.playing, speed: state.speed };
  }

  /** One after the other, in the order in which it was said. */
  private follow(said: Said): void {
    this.queue = this.queue.then(() => this.repeat(said));
  }

  private async repeat({ type, data, late }: Said): Promise<void> {
    const { embed } = this;
    const { s, t, playing, speed, cmd } = data;
    if (s !== undefined) {
      const own = await this.standing();
      if ((own?.s === s && own?.playing === playing) || (late && this.hasTold)) return;
    }
    this.following++;
    try {
      if (s !== undefined) {
        this.followed = { t, playing, speed };
        await embed.ask('setState', { s });
        if (playing === true) await embed.ask('play');
      } else if (type === 'command') {
        this.done.add(asText(cmd));
        await embed.ask('apply', { commands: [cmd] });
      } else {
        this.followed = { t, playing, speed };
        await embed.ask('speed', { speed });
        if (playing !== true) await embed.ask('pause');
        await embed.ask('seek', { t });
        if (playing === true) await embed.ask('play');
      }
    } catch {
      // One that cannot follow stays where it is.
    }
    this.following--;
  }
}

function asText(cmd: object = {}): string {
  return JSON.stringify(Object.entries(cmd).sort(([a], [b]) => (a < b ? -1 : 1)));
}
