import { create } from 'zustand';
import type { StateStorage } from 'zustand/middleware';
import { safeStorage } from './safeStorage.ts';
import { sharedText } from './sharedText.ts';

/** The themes a person can choose; `auto` follows the system. */
export const themeChoices = ['auto', 'light', 'dark', 'projector'] as const;
/** One of {@link themeChoices}. */
export type ThemeChoice = (typeof themeChoices)[number];

/** What is remembered between visits, in this browser only. */
interface Choices {
  theme: ThemeChoice;
  /** Single-key shortcuts may be switched off, for people who speak to their computer (WCAG 2.1.4). */
  shortcuts: boolean;
}

/** The settings, and how they are changed. */
interface Settings extends Choices {
  setTheme: (theme: ThemeChoice) => void;
  setShortcuts: (shortcuts: boolean) => void;
}

const fresh: Choices = { theme: 'auto', shortcuts: true };

/** A store of settings. Of each setting the latest choice holds, whichever tab it was made in, and every tab follows it. */
export function createSettings(storage: StateStorage) {
  const store = create<Settings>()(() => ({
    ...fresh,
    setTheme: (theme) => choose({ theme }),
    setShortcuts: (shortcuts) => choose({ shortcuts }),
  }));
  const stored = sharedText(storage, 'hotpath.settings', (text) =>
    store.setState(text === null ? fresh : readSettings(text)),
  );
  const choose = (choice: Partial<Choices>): void =>
    stored.change(() => {
      store.setState(choice);
      const { theme, shortcuts } = store.getState();
      return JSON.stringify({ state: { theme, shortcuts }, version: 1 });
    });
  return store;
}

/** The settings of this browser. `public/theme.js` reads `theme` from the same place before the first paint. */
export const useSettings = createSettings(safeStorage());

/** What can be used of a stored text, whatever wrote it. Never throws. The rest holds nothing that a person would miss. */
export function readSettings(text: string): Partial<Choices> {
  let stored: { state?: { theme?: unknown; shortcuts?: unknown } | null } | null;
  try {
    stored = JSON.parse(text);
  } catch {
    return {};
  }
  const theme = themeChoices.find((choice) => choice === stored?.state?.theme);
  const shortcuts = stored?.state?.shortcuts;
  return {
    ...(theme === undefined ? {} : { theme }),
    ...(typeof shortcuts === 'boolean' ? { shortcuts } : {}),
  };
}
