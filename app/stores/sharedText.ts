import type { StateStorage } from 'zustand/middleware';

/** A stored text that every open tab may change. */
export interface SharedText {
  /** Takes over what is stored now, where it is not what this tab has read or written last. */
  refresh: () => void;
  /** Stores a text; null takes it away. */
  write: (text: string | null) => void;
}

/**
 * Keeps a store in step with a text that several tabs share: `takeOver` is told what is stored (null: nothing) at once, and
 * whenever another tab has changed it. Whoever makes a change calls `refresh`, changes what is then in the store, and calls
 * `write` in the same turn: so each tab adds to what the others have written, though their storage events (HTML, Web
 * storage, `storage`) may still be on their way. Storage has no lock: two writes in the same few milliseconds may still meet.
 */
export function sharedText(storage: StateStorage, name: string, takeOver: (text: string | null) => void): SharedText {
  let known: string | null = null;
  const refresh = () => {
    const text = storage.getItem(name) as string | null;
    if (text === known) return;
    known = text;
    takeOver(text);
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
    write: (text) => {
      known = text;
      if (text === null) storage.removeItem(name);
      else storage.setItem(name, text);
    },
  };
}
