/** What the relay asks of an embed. */
interface Follower {
  readonly running: boolean;
  ask: (type: string, data?: unknown) => Promise<Record<string, unknown>>;
}

interface Said {
  from: Relay | string;
  type: string;
  data: { t?: number; playing?: boolean; speed?: number; cmd?: { do?: string } };
}

const sessions = new Map<string, Set<Relay>>();
const windowName = String(Math.random());

/**
 * Keeps the embeds of one session in step where their own channel is silent: in a sandbox each frame is alone. What one
 * says was done, the others of this page do, and those in other windows of this site.
 */
export class Relay {
  private following = 0;
  /** Something was done here that a late embed would have missed. */
  private told = false;
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
    if (this.channel !== null)
      this.channel.onmessage = ({ data }: MessageEvent) => {
        if (data?.from !== windowName && typeof data?.type === 'string') this.follow(data as Said);
      };
  }

  close(): void {
    this.others.delete(this);
    this.channel?.close();
    if (this.others.size === 0) sessions.delete(this.session);
  }

  /** What this embed did; not passed on when it only followed. */
  tell(type: string, data: Said['data']): void {
    if (this.following > 0) return;
    this.told = true;
    const said: Said = { from: this, type, data };
    for (const other of this.others) if (other !== this) other.follow(said);
    void this.pass(said);
  }

  private async pass({ type, data }: Said): Promise<void> {
    // Another window cannot ask us for the state, so a restart takes it along.
    const state =
      type === 'command' && data.cmd?.do === 'restart' ? await this.embed.ask('getState').catch(() => null) : null;
    this.channel?.postMessage({ from: windowName, type, data: state === null ? data : { ...data, s: state.s } });
  }

  /** An embed that comes late goes where the others are. */
  join(): void {
    const other = [...this.others].find((one) => one !== this && one.told && one.embed.running);
    if (other !== undefined) this.follow({ from: other, type: 'command', data: { cmd: { do: 'restart' } } });
  }

  /** One after the other, in the order in which it was said. */
  private follow(said: Said): void {
    this.queue = this.queue.then(() => this.repeat(said));
  }

  private async repeat({ from, type, data }: Said): Promise<void> {
    this.following++;
    try {
      if (type === 'command' && data.cmd?.do === 'restart') {
        const own = (data as { s?: unknown }).s;
        const s = own ?? (from instanceof Relay ? (await from.embed.ask('getState')).s : undefined);
        if (s !== undefined) await this.embed.ask('setState', { s });
      } else if (type === 'command') await this.embed.ask('apply', { commands: [data.cmd] });
      else {
        await this.embed.ask('speed', { speed: data.speed });
        await this.embed.ask('seek', { t: data.t });
        await this.embed.ask(data.playing ? 'play' : 'pause');
      }
    } catch {
      // One that cannot follow stays where it is.
    }
    // What it says about this comes with the answer or a little later.
    setTimeout(() => this.following--, 300);
  }
}
