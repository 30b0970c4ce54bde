/** At most one message is spoken in this time, so that a running simulation never talks over itself. */
export const quietMs = 2000;
/** How long a shown notice stays. */
export const shownMs = 5000;

/** What the notice region holds at a moment. */
export interface Notice {
  /** In the live region; empty before the first message. */
  spoken: string;
  /** On screen as well; empty when nothing is shown. */
  shown: string;
}

let notice: Notice = { spoken: '', shown: '' };
let waiting: string | undefined;
let quiet: ReturnType<typeof setTimeout> | undefined;
let hide: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/**
 * Says something to screen readers, politely. Messages that come too fast replace each other; the same message twice in a row
 * is said once.
 * @param text a short sentence, 15 words at most.
 * @param options show: also show it on screen for a few seconds.
 */
export function announce(text: string, options?: { show?: boolean }): void {
  if (text === '') return;
  if (options?.show) show(text);
  if (quiet === undefined) speak(text);
  else waiting = text;
}

/** For `useSyncExternalStore`. */
export function subscribeToNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The notice of this moment; the same object until it changes. */
export function currentNotice(): Notice {
  return notice;
}

function speak(text: string): void {
  waiting = undefined;
  if (text === notice.spoken) return;
  set({ ...notice, spoken: text });
  quiet = setTimeout(() => {
    quiet = undefined;
    if (waiting !== undefined) speak(waiting);
  }, quietMs);
}

function show(text: string): void {
  clearTimeout(hide);
  set({ ...notice, shown: text });
  hide = setTimeout(() => set({ ...notice, shown: '' }), shownMs);
}

function set(next: Notice): void {
  notice = next;
  for (const listener of listeners) listener();
}
