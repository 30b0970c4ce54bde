import type { StateStorage } from 'zustand/middleware';

interface Tab {
  listeners: ((event: { key: string | null }) => void)[];
  /** Names that others have changed and that it has not heard of yet; null stands for all. */
  unheard: (string | null)[];
}

/** For tests: one browser's storage and several tabs on it. Storage events arrive when the test says so, as they may be late. */
export class TestBrowser {
  readonly all: Map<string, string>;
  private readonly tabs: Tab[] = [];

  constructor(entries: Readonly<Record<string, string>> = {}) {
    this.all = new Map(Object.entries(entries));
  }

  /** Opens a tab, in which `make` builds what a page would. */
  tab<T>(make: (storage: StateStorage) => T): T {
    const tab: Tab = { listeners: [], unheard: [] };
    this.tabs.push(tab);
    const own = Object.getOwnPropertyDescriptor(globalThis, 'addEventListener');
    const listen = (_type: string, listener: Tab['listeners'][number]) => tab.listeners.push(listener);
    Object.defineProperty(globalThis, 'addEventListener', { configurable: true, value: listen });
    try {
      return make({
        getItem: (name) => this.all.get(name) ?? null,
        setItem: (name, text) => {
          if (this.all.get(name) === text) return;
          this.all.set(name, text);
          this.tell(name, tab);
        },
        removeItem: (name) => {
          if (this.all.delete(name)) this.tell(name, tab);
        },
      });
    } finally {
      if (own === undefined) Reflect.deleteProperty(globalThis, 'addEventListener');
      else Object.defineProperty(globalThis, 'addEventListener', own);
    }
  }

  /** Empties the storage, as a person does in the browser's own settings. */
  clear(): void {
    this.all.clear();
    this.tell(null);
  }

  /** All events that are under way arrive. */
  deliver(): void {
    for (const { listeners, unheard } of this.tabs)
      for (const key of unheard.splice(0)) for (const listener of listeners) listener({ key });
  }

  private tell(name: string | null, but?: Tab): void {
    for (const tab of this.tabs) if (tab !== but) tab.unheard.push(name);
  }
}
