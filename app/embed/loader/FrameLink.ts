/** What a host hears of its embed. */
export interface FrameListener {
  ready: (facts: Record<string, unknown>) => void;
  event: (type: string, detail: unknown) => void;
}

/** What an embed may say of itself; everything else is dropped. */
const events = new Set(
  'state time command fault metric step prediction answer hint check size key focusout score result xapi warning error bye'.split(
    ' ',
  ),
);
const answerWithinMs = 20_000;
const eventsPerSecond = 120;

interface Waiting {
  resolve: (data: Record<string, unknown>) => void;
  reject: (error: Error) => void;
  late: ReturnType<typeof setTimeout>;
}

interface Message {
  v?: unknown;
  type?: unknown;
  replyTo?: unknown;
  ok?: unknown;
  error?: unknown;
  data?: unknown;
}

/** A host's side of the conversation with one frame. */
export class FrameLink {
  private readonly waiting = new Map<unknown, Waiting>();
  private readonly queue: (() => void)[] = [];
  private port: MessagePort | null = null;
  private isReady = false;
  private nonce = '';
  private lastId = 0;
  private second = 0;
  private heard = 0;
  private readonly frame: HTMLIFrameElement;
  private readonly origin: string;
  private readonly listener: FrameListener;

  /**
   * Answers the frame's hello with a port, whenever it comes, and again when the frame was loaded anew.
   * @param origin of the frame; `null` (the word) for a sandboxed one and for one from disk.
   */
  constructor(frame: HTMLIFrameElement, origin: string, listener: FrameListener) {
    this.frame = frame;
    this.origin = origin;
    this.listener = listener;
    window.addEventListener('message', this.hear);
  }

  /** Whether the embed has said that it is ready. */
  get connected(): boolean {
    return this.isReady;
  }

  /** Asks something once the embed is ready. Rejects with the words of a refusal, and its code as `code`. */
  ask(type: string, data?: unknown): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      const send = () => {
        const late = setTimeout(() => {
          this.waiting.delete(id);
          reject(new Error(`The embed did not answer ${type}.`));
        }, answerWithinMs);
        this.waiting.set(id, { resolve, reject, late });
        this.port?.postMessage({ v: 1, type, id, data });
      };
      if (this.isReady) send();
      else this.queue.push(send);
    });
  }

  close(): void {
    window.removeEventListener('message', this.hear);
    if (this.isReady) this.port?.postMessage({ v: 1, type: 'bye' });
    this.port?.close();
    this.port = null;
    this.isReady = false;
  }

  private readonly hear = ({ source, origin, data }: MessageEvent): void => {
    // An opaque origin is "null" in messages; whether the frame is ours is told by the window itself.
    if (source === null || source !== this.frame.contentWindow || (origin !== this.origin && origin !== 'null')) return;
    if (data?.hotpath !== 1 || data.type !== 'hello') return;
    if (this.port === null || this.isReady) this.connect();
  };

  private connect(): void {
    this.port?.close();
    this.isReady = false;
    this.nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('');
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }: MessageEvent) => this.receive(data);
    const message = { hotpath: 1, type: 'connect', nonce: this.nonce };
    this.frame.contentWindow?.postMessage(message, this.origin === 'null' ? '*' : this.origin, [port2]);
  }

  private receive(message: Message | null): void {
    if (typeof message !== 'object' || message === null || message.v !== 1 || typeof message.type !== 'string') return;
    const { type, data } = message;
    if (type === 'reply') this.answer(message);
    else if (type === 'ready') {
      const facts = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
      if (facts.nonce !== this.nonce) return;
      const again = this.isReady;
      this.isReady = true;
      for (const send of this.queue.splice(0)) send();
      if (!again) this.listener.ready(facts);
    } else if (events.has(type) && this.allowed()) this.listener.event(type, data);
  }

  private answer({ replyTo, ok, error, data }: Message): void {
    const one = this.waiting.get(replyTo);
    if (one === undefined) return;
    this.waiting.delete(replyTo);
    clearTimeout(one.late);
    const told = (error ?? {}) as { code?: unknown; message?: unknown };
    if (ok === true) one.resolve((data ?? {}) as Record<string, unknown>);
    else one.reject(Object.assign(new Error(String(told.message)), { code: told.code }));
  }

  private allowed(): boolean {
    const now = Math.floor(performance.now() / 1000);
    if (now !== this.second) [this.second, this.heard] = [now, 0];
    return ++this.heard <= eventsPerSecond;
  }
}
