import { type Command, type Envelope, idOf, needsApi, needsOrigin, readCommand } from './messages.ts';
import { checkPlain } from './plainMessage.ts';
import { RateCap } from './RateCap.ts';
import { Refusal } from './Refusal.ts';

/** How an embed talks to the page around. */
export interface HostLinkOptions {
  /** The only origin that may talk; without it anybody who frames us may, and hears no answers or results. */
  origin?: string;
  /** The page around may change the run. */
  api: boolean;
  /** Does what a command asks; what it returns is the answer. @throws Refusal for what cannot be done. */
  obey: (command: Command) => unknown;
}

const helloEveryMs = 250;
const helloForMs = 10_000;
/** Commands a second; and refusals a second, beyond which a flood is only counted. */
const commandsPerSecond = 20;
const refusalsPerSecond = 10;

/**
 * The embed's side of the conversation with its host. It says hello until somebody connects, then all goes over the
 * host's port, where no other listener of the page sees it. Every message is checked before anything is done.
 */
export class HostLink {
  /** Called when somebody has connected, after `ready`. */
  readonly onConnect: (() => void)[] = [];
  /** Called when a slide deck says that the slide around us has come (true) or gone. */
  onSlide: (shown: boolean) => void = () => {};
  private port: MessagePort | null = null;
  private nonce = '';
  private helloTimer: ReturnType<typeof setInterval> | undefined;
  private readonly commands = new RateCap(commandsPerSecond);
  private readonly refusals = new RateCap(refusalsPerSecond);
  private unsaid = 0;
  private noted = false;
  private greeting: unknown = null;
  private readonly frame: Window;
  private readonly options: HostLinkOptions;

  constructor(frame: Window, options: HostLinkOptions) {
    this.frame = frame;
    this.options = options;
  }

  /** Listens, and says hello. Does nothing where there is no page around. */
  start(): void {
    if (this.frame.parent === this.frame) return;
    this.frame.addEventListener('message', this.hear);
    const hello = () => this.post({ hotpath: 1, type: 'hello' });
    const startMs = performance.now();
    hello();
    this.helloTimer = setInterval(() => {
      if (this.port !== null || performance.now() - startMs > helloForMs) clearInterval(this.helloTimer);
      else hello();
    }, helloEveryMs);
    this.frame.addEventListener('load', hello);
    this.frame.addEventListener('pagehide', () => this.send('bye', {}));
  }

  /** Whether somebody listens. */
  get connected(): boolean {
    return this.port !== null;
  }

  /** Says what this embed is and can do: now, and again to whoever connects later. */
  ready(data: Record<string, unknown>): void {
    this.greeting = data;
    this.send('ready', { ...data, nonce: this.nonce });
  }

  /** Tells the host something. Nothing is kept for a host that is not there yet. */
  send(type: string, data: unknown): void {
    this.transmit({ v: 1, type, data });
  }

  /** Tells results and answers, to a named origin only. */
  sendPrivate(type: string, data: unknown): void {
    if (this.options.origin !== undefined) this.send(type, data);
  }

  /** One message to the window around, outside the port: hello, and what Canvas listens to. */
  post(message: unknown): void {
    const { origin } = this.options;
    try {
      this.frame.parent.postMessage(message, origin === undefined || origin === 'null' ? '*' : origin);
    } catch {
      // A target that is no origin: nobody is told then.
    }
  }

  private readonly hear = (event: MessageEvent): void => {
    const { data } = event as { data: unknown };
    // What reveal.js tells every frame on a slide.
    const isSlide = data === 'slide:start' || data === 'slide:stop';
    const meant = isSlide || (typeof data === 'object' && data !== null && 'hotpath' in data);
    if (!meant) return;
    const { origin } = this.options;
    if (event.source !== this.frame.parent || (origin !== undefined && event.origin !== origin)) {
      this.note(
        `A message from ${event.origin.slice(0, 80)} was left aside: it is not the page that this embed talks to.`,
      );
      return;
    }
    if (isSlide) {
      if (this.commands.allow(performance.now())) this.onSlide(data === 'slide:start');
      return;
    }
    const { hotpath, type, nonce } = data as { hotpath: unknown; type?: unknown; nonce?: unknown };
    const [port] = event.ports;
    const isConnect = hotpath === 1 && type === 'connect' && port !== undefined && event.ports.length === 1;
    if (isConnect && typeof nonce === 'string' && nonce.length > 0 && nonce.length <= 128) this.connect(port, nonce);
    else if (this.refusals.allow(performance.now()))
      this.post({
        hotpath: 1,
        type: 'error',
        error: {
          code: 'bad-connect',
          message: "Expected { hotpath: 1, type: 'connect', nonce } with one MessagePort.",
        },
      });
  };

  private connect(port: MessagePort, nonce: string): void {
    if (this.port !== null) {
      this.transmit({ v: 1, type: 'bye', data: { reason: 'Another connection took over.' } });
      this.port.close();
    }
    clearInterval(this.helloTimer);
    this.port = port;
    this.nonce = nonce;
    port.onmessage = ({ data }: MessageEvent) => void this.receive(port, data);
    if (this.greeting !== null) this.send('ready', { ...(this.greeting as object), nonce });
    for (const tell of this.onConnect) tell();
  }

  private async receive(port: MessagePort, message: unknown): Promise<void> {
    if (port !== this.port) return;
    const id = idOf(message);
    try {
      if (!this.commands.allow(performance.now()))
        throw new Refusal('too-fast', `More than ${commandsPerSecond} messages in a second. Wait a little.`);
      checkPlain(message);
      const command = readCommand(message);
      this.permit(command);
      if (command.type === 'bye') this.leave();
      else this.reply(id, await this.options.obey(command));
    } catch (error) {
      this.refuse(id, error);
    }
  }

  private permit({ type }: Command): void {
    if (needsApi.has(type) && !this.options.api)
      throw new Refusal('api-off', `${type} changes the run. Add api=1 to the address to allow it.`);
    if (needsOrigin.has(type) && this.options.origin === undefined)
      throw new Refusal('no-origin', `${type} shows answers or results. Add origin= with the address of your site.`);
  }

  private reply(id: string | number | undefined, data: unknown): void {
    if (id !== undefined) this.transmit({ v: 1, type: 'reply', replyTo: id, ok: true, data: data ?? {} });
  }

  private refuse(id: string | number | undefined, error: unknown): void {
    if (!this.refusals.allow(performance.now())) {
      this.unsaid++;
      return;
    }
    const refused = error instanceof Refusal;
    const code = refused ? error.code : 'failed';
    const words = refused ? error.message : `That failed: ${error instanceof Error ? error.message : String(error)}`;
    const more = this.unsaid > 0 ? ` ${this.unsaid} more were refused without an answer.` : '';
    this.unsaid = 0;
    const told = { code, message: `${words}${more}` };
    if (id === undefined) this.transmit({ v: 1, type: 'error', ok: false, error: told, data: told });
    else this.transmit({ v: 1, type: 'reply', replyTo: id, ok: false, error: told });
  }

  private leave(): void {
    this.port?.close();
    this.port = null;
  }

  private transmit(message: Envelope): void {
    try {
      this.port?.postMessage(message);
    } catch {
      this.port?.postMessage({
        v: 1,
        type: 'error',
        data: { code: 'failed', message: 'An answer could not be sent.' },
      });
    }
  }

  private note(text: string): void {
    if (!this.noted) console.info(`hotpath: ${text}`);
    this.noted = true;
  }
}
