/** What a host hears of its embed. */
export interface FrameListener {
  ready: (facts: Record<string, unknown>) => void;
  event: (type: string, detail: unknown) => void;
}

/** A host's side of the conversation with one frame. */
export interface FrameLink {
  readonly connected: boolean;
  /** Asks something once the embed is ready. Rejects with the words of a refusal, with its code as `code`. */
  ask: (type: string, data?: unknown) => Promise<Record<string, unknown>>;
  close: () => void;
}

/** What an embed may say of itself; everything else is dropped. */
const events = new Set(
  'state time command fault metric step prediction answer hint check goal size key focusout score result xapi warning error bye'.split(
    ' ',
  ),
);
const answerWithinMs = 20_000;
const eventsPerSecond = 120;

interface Waiting {
  resolve: (data: Record<string, unknown>) => void;
  reject: (error: Error) => void;
}

/**
 * Answers the frame's hello with a port, whenever it comes, and again when the frame was loaded anew.
 * @param origin of the frame; `null` (the word) for a sandboxed one and for one from disk.
 */
export function connectFrame(frame: HTMLIFrameElement, origin: string, listener: FrameListener): FrameLink {
  const waiting = new Map<number, Waiting>();
  const queue: (() => void)[] = [];
  let port: MessagePort | null = null;
  let isReady = false;
  let nonce = '';
  let lastId = 0;
  let second = 0;
  let heard = 0;

  const hear = ({ source, origin: from, data }: MessageEvent): void => {
    // An opaque origin is "null" in messages; whether the frame is ours is told by the window itself.
    if (source === null || source !== frame.contentWindow || (from !== origin && from !== 'null')) return;
    if (data?.hotpath !== 1 || data.type !== 'hello') return;
    if (port !== null && !isReady) return;
    connect();
  };

  const connect = (): void => {
    port?.close();
    isReady = false;
    nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('');
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }: MessageEvent) => receive(data);
    frame.contentWindow?.postMessage({ hotpath: 1, type: 'connect', nonce }, origin === 'null' ? '*' : origin, [
      channel.port2,
    ]);
  };

  const receive = (
    message: { v?: unknown; type?: unknown; replyTo?: unknown; ok?: unknown; error?: unknown; data?: unknown } | null,
  ): void => {
    if (typeof message !== 'object' || message === null || message.v !== 1 || typeof message.type !== 'string') return;
    const { type, data } = message;
    if (type === 'reply') answer(message);
    else if (type === 'ready') {
      const facts = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
      if (facts.nonce !== nonce) return;
      isReady = true;
      for (const send of queue.splice(0)) send();
      listener.ready(facts);
    } else if (events.has(type) && allowed()) listener.event(type, data);
  };

  const answer = ({
    replyTo,
    ok,
    error,
    data,
  }: {
    replyTo?: unknown;
    ok?: unknown;
    error?: unknown;
    data?: unknown;
  }): void => {
    const one = waiting.get(replyTo as number);
    waiting.delete(replyTo as number);
    const told = (error ?? {}) as { code?: unknown; message?: unknown };
    if (ok === true) one?.resolve((data ?? {}) as Record<string, unknown>);
    else one?.reject(Object.assign(new Error(String(told.message)), { code: told.code }));
  };

  const allowed = (): boolean => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, heard] = [now, 0];
    return ++heard <= eventsPerSecond;
  };

  window.addEventListener('message', hear);
  return {
    get connected() {
      return isReady;
    },
    ask: (type, data) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        const send = () => {
          const late = setTimeout(() => {
            waiting.delete(id);
            reject(new Error(`The embed did not answer ${type}.`));
          }, answerWithinMs);
          const end =
            <T>(then: (value: T) => void) =>
            (value: T) => {
              clearTimeout(late);
              then(value);
            };
          waiting.set(id, { resolve: end(resolve), reject: end(reject) });
          port?.postMessage({ v: 1, type, id, data });
        };
        if (isReady) send();
        else queue.push(send);
      }),
    close: () => {
      window.removeEventListener('message', hear);
      if (isReady) port?.postMessage({ v: 1, type: 'bye' });
      port?.close();
      port = null;
      isReady = false;
    },
  };
}
