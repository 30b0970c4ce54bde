import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { safeStorage } from './safeStorage.ts';

/** The themes a person can choose; `auto` follows the system. */
export const themeChoices = ['auto', 'light', 'dark', 'projector'] as const;
/** One of {@link themeChoices}. */
export type ThemeChoice = (typeof themeChoices)[number];

/** What is remembered between visits, in this browser only. */
export interface Settings {
  theme: ThemeChoice;
  /** Single-key shortcuts may be switched off, for people who speak to their computer (WCAG 2.1.4). */
  shortcuts: boolean;
  setTheme: (theme: ThemeChoice) => void;
  setShortcuts: (shortcuts: boolean) => void;
}

/** The settings of this browser. `public/theme.js` reads `theme` from the same place before the first paint. */
export const useSettings = create<Settings>()(
  persist(
    (set) => ({
      theme: 'auto',
      shortcuts: true,
      setTheme: (theme) => set({ theme }),
      setShortcuts: (shortcuts) => set({ shortcuts }),
    }),
    {
      name: 'hotpath.settings',
      version: 1,
      storage: createJSONStorage(safeStorage),
      partialize: ({ theme, shortcuts }) => ({ theme, shortcuts }),
      merge: (stored, initial) => ({ ...initial, ...readSettings(stored) }),
    },
  ),
);

/** What can be used of a stored value, whatever wrote it. */
export function readSettings(stored: unknown): Partial<Pick<Settings, 'theme' | 'shortcuts'>> {
  if (typeof stored !== 'object' || stored === null) return {};
  const { theme, shortcuts } = stored as Record<string, unknown>;
  const known = themeChoices.find((choice) => choice === theme);
  return {
    ...(known === undefined ? {} : { theme: known }),
    ...(typeof shortcuts === 'boolean' ? { shortcuts } : {}),
  };
}
