/** The way between the windows of one session. Where none is to be had, a window is alone. */
export interface Transport {
  post(message: unknown): void;
  /** Calls back for every message of another window; returns how to stop. */
  listen(hear: (message: unknown) => void): () => void;
  close(): void;
}

/** A channel between windows of this browser; null where the browser has none. In a sandboxed frame it stays silent. */
export function broadcastTransport(name: string): Transport | null {
  if (!('BroadcastChannel' in globalThis)) return null;
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen(hear) {
      const listener = (event: MessageEvent) => hear(event.data);
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
    close: () => channel.close(),
  };
}
