import type { StateStorage } from 'zustand/middleware';

interface Write {
  /** Null stands for all of it. */
  name: string | null;
  /** Null where it was taken away. */
  text: string | null;
  by?: Tab;
}

interface Tab {
  listeners: ((event: { key: string | null }) => void)[];
  /** What it reads: its own copy, or the one of the browser. */
  seen: Map<string, string>;
  /** Writes of others that it has not heard of, and its own that are not confirmed, in the order of the browser. */
  unheard: Write[];
}

/**
 * For tests: one browser's storage and several tabs on it. Storage events arrive when the test says so, as they may be late.
 * Tabs in processes of their own (`isSplit`) also read a copy that follows no earlier, and in which their own writes hold until
 * the browser has confirmed them: so Chromium does it.
 */
export class TestBrowser {
  readonly all: Map<string, string>;
  private readonly tabs: Tab[] = [];

  constructor(
    entries: Readonly<Record<string, string>> = {},
    private readonly isSplit = false,
  ) {
    this.all = new Map(Object.entries(entries));
  }

  /** Opens a tab, in which `make` builds what a page would. */
  tab<T>(make: (storage: StateStorage) => T): T {
    const tab: Tab = { listeners: [], seen: this.isSplit ? new Map(this.all) : this.all, unheard: [] };
    this.tabs.push(tab);
    const own = Object.getOwnPropertyDescriptor(globalThis, 'addEventListener');
    const listen = (_type: string, listener: Tab['listeners'][number]) => tab.listeners.push(listener);
    Object.defineProperty(globalThis, 'addEventListener', { configurable: true, value: listen });
    try {
      return make({
        getItem: (name) => tab.seen.get(name) ?? null,
        setItem: (name, text) => {
          if (tab.seen.get(name) !== text) this.write({ name, text, by: tab });
        },
        removeItem: (name) => {
          if (tab.seen.has(name)) this.write({ name, text: null, by: tab });
        },
      });
    } finally {
      if (own === undefined) Reflect.deleteProperty(globalThis, 'addEventListener');
      else Object.defineProperty(globalThis, 'addEventListener', own);
    }
  }

  /** Empties the storage, as a person does in the browser's own settings. */
  clear(): void {
    this.write({ name: null, text: null });
  }

  /** Whether some tab has not heard of everything. */
  get isUnderWay(): boolean {
    return this.tabs.some(({ unheard }) => unheard.length > 0);
  }

  /** All events that are under way arrive, in the tabs of these numbers or in all. What a tab answers is then under way. */
  deliver(numbers: readonly number[] = this.tabs.map((_, number) => number)): void {
    for (const tab of numbers.map((number) => this.tabs[number]))
      for (let left = tab.unheard.length; left > 0; left--) this.hear(tab);
  }

  private hear(tab: Tab): void {
    const write = tab.unheard.shift();
    if (write === undefined || write.by === tab) return;
    const isOverwritten = tab.unheard.some(({ by, name }) => by === tab && name === write.name);
    if (this.isSplit && !isOverwritten) apply(tab.seen, write);
    for (const listener of tab.listeners) listener({ key: write.name });
  }

  private write(write: Write): void {
    apply(this.all, write);
    if (this.isSplit && write.by !== undefined) apply(write.by.seen, write);
    for (const tab of this.tabs) if (this.isSplit || tab !== write.by) tab.unheard.push(write);
  }
}

function apply(entries: Map<string, string>, { name, text }: Write): void {
  if (name === null) entries.clear();
  else if (text === null) entries.delete(name);
  else entries.set(name, text);
}
