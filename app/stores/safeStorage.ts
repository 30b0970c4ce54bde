import type { StateStorage } from 'zustand/middleware';

/**
 * The browser's storage, read anew each time, because another tab may have written since. What the browser refuses to keep
 * (no storage, a sandboxed frame, a full disk) is kept in memory until it takes that name again. Never throws.
 */
export function safeStorage(): StateStorage {
  const refused = new Map<string, string | null>();
  const keep = (name: string, text: string | null, act: () => void) => {
    try {
      act();
      refused.delete(name);
    } catch {
      refused.set(name, text);
    }
  };
  return {
    getItem: (name) => {
      if (refused.has(name)) return refused.get(name) ?? null;
      try {
        return localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    setItem: (name, text) => keep(name, text, () => localStorage.setItem(name, text)),
    removeItem: (name) => keep(name, null, () => localStorage.removeItem(name)),
  };
}
