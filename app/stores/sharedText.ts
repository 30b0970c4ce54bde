import type { StateStorage } from 'zustand/middleware';
import { type Heard, readStamp, withStamp } from './heardStamp.ts';

/** A stored text that every open tab may change. */
export interface SharedText {
  /** Takes over what is stored now, where it is not what this tab has read or written last. */
  refresh: () => void;
  /**
   * Makes a change to what is stored now: `change` changes the store and returns the text to keep, an object in JSON. It is
   * called once more upon each text of another tab that was written without having heard of it.
   */
  change: (change: () => string) => void;
  /** Stores a text in place of whatever is there or on its way; null takes it away. */
  write: (text: string | null) => void;
}

/** For so long a change is remembered: by then every tab that is awake has heard of it, and a person may have thought better of it. */
const rememberedMs = 60_000;

/**
 * Keeps a store in step with a text that several tabs share: `takeOver` is told what is stored (null: nothing) at once, and
 * whenever another tab has changed it. So each tab adds to what the others have written.
 *
 * Storage has no lock, and a tab reads its own copy until it hears of a write (HTML, Web storage, `storage`). Of two tabs that
 * write before they have heard of each other the later one wins; so every text says whose changes are in it, and a tab that
 * finds some of its own missing makes them again. A text that does not say so was put there on purpose, and stays.
 */
export function sharedText(storage: StateStorage, name: string, takeOver: (text: string | null) => void): SharedText {
  const tab = Math.random().toString(36).slice(2, 8);
  let known: string | null = null;
  let heard: Heard = {};
  let changes: { count: number; atMs: number; change: () => string }[] = [];
  let count = 0;
  const put = (text: string | null) => {
    known = text;
    if (text === null) storage.removeItem(name);
    else storage.setItem(name, text);
  };
  const putChanged = (text: string) => {
    const { [tab]: _, ...others } = heard;
    heard = { ...others, [tab]: count };
    put(withStamp(text, heard));
  };
  const refresh = () => {
    const stored = storage.getItem(name) as string | null;
    if (stored === known) return;
    known = stored;
    const { text, heard: theirs } = readStamp(stored);
    takeOver(text);
    heard = theirs ?? {};
    changes = theirs === undefined ? [] : changes.filter(isRecent);
    const unheard = changes.filter((one) => one.count > (heard[tab] ?? 0));
    const texts = unheard.map(({ change }) => change());
    const last = texts.at(-1);
    if (last !== undefined) putChanged(last);
  };
  refresh();
  // Outside a window there are no other tabs.
  if (typeof addEventListener === 'function')
    addEventListener('storage', ({ key }: StorageEvent) => {
      // Null stands for everything at once.
      if (key === name || key === null) refresh();
    });
  return {
    refresh,
    change: (change) => {
      refresh();
      count++;
      changes = [...changes.filter(isRecent), { count, atMs: Date.now(), change }];
      putChanged(change());
    },
    write: (text) => {
      changes = [];
      heard = {};
      put(text);
    },
  };
}

function isRecent({ atMs }: { atMs: number }): boolean {
  return Date.now() - atMs < rememberedMs;
}
