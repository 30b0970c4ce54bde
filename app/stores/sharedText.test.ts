import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StateStorage } from 'zustand/middleware';
import { readStamp } from './heardStamp.ts';
import { safeStorage } from './safeStorage.ts';
import { sharedText } from './sharedText.ts';
import { TestBrowser } from './testBrowser.ts';

/** The least store there is: cards by id, the way the stores of this app use a shared text. */
function cardsIn(storage: StateStorage) {
  let cards: Record<string, number> = {};
  const stored = sharedText(storage, 'cards', (text) => {
    cards = text === null ? {} : JSON.parse(text);
  });
  const change = (update: (before: Record<string, number>) => Record<string, number>) =>
    stored.change(() => {
      cards = update(cards);
      return JSON.stringify(cards);
    });
  return {
    cards: () => cards,
    add: (id: string) => change((before) => ({ ...before, [id]: (before[id] ?? 0) + 1 })),
    put: (id: string, value: number) => change((before) => ({ ...before, [id]: value })),
    drop: (id: string) =>
      change((before) => Object.fromEntries(Object.entries(before).filter(([other]) => other !== id))),
    forget: () => {
      stored.write(null);
      cards = {};
    },
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('two tabs', () => {
  const act = fc.record({
    tab: fc.nat(1),
    id: fc.constantFrom('x', 'y', 'z'),
    value: fc.option(fc.nat(9)),
    delivers: fc.boolean(),
  });

  it('end with what one tab would have, whoever does what, and however late they hear of it', () => {
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const browser = new TestBrowser();
        const tabs = [browser.tab(cardsIn), browser.tab(cardsIn)];
        const alone = new TestBrowser().tab(cardsIn);
        for (const { tab, id, value, delivers } of acts) {
          for (const { put, drop } of [tabs[tab], alone])
            if (value === null) drop(id);
            else put(id, value);
          if (delivers) browser.deliver();
        }
        browser.deliver();
        expect(tabs.map(({ cards }) => cards())).toEqual([alone.cards(), alone.cards()]);
        expect(browser.tab(cardsIn).cards()).toEqual(alone.cards());
      }),
    );
  });

  it('lose nothing and count nothing twice where they write before they have heard of each other', () => {
    const counted = fc.record({ tab: fc.nat(2), hears: fc.subarray([0, 1, 2]) });
    fc.assert(
      fc.property(fc.array(counted, { maxLength: 40 }), (acts) => {
        const browser = new TestBrowser({}, true);
        const tabs = [0, 1, 2].map(() => browser.tab(cardsIn));
        const made: Record<string, number> = {};
        for (const { tab, hears } of acts) {
          for (const id of ['all', `of ${tab}`]) {
            tabs[tab].add(id);
            made[id] = (made[id] ?? 0) + 1;
          }
          browser.deliver(hears);
        }
        let rounds = 0;
        while (browser.isUnderWay && rounds < 20) {
          browser.deliver();
          rounds++;
        }
        expect(browser.isUnderWay).toBe(false);
        for (const { cards } of [...tabs, browser.tab(cardsIn)]) expect(cards()).toEqual(made);
      }),
    );
  });

  it('come to rest where both set the same thing at one moment', () => {
    const browser = new TestBrowser({}, true);
    const [one, two] = [browser.tab(cardsIn), browser.tab(cardsIn)];
    one.put('x', 1);
    two.put('x', 2);
    for (let round = 0; round < 6; round++) browser.deliver();
    expect(browser.isUnderWay).toBe(false);
    expect(one.cards()).toEqual(two.cards());
  });

  it('let go what was taken back elsewhere', () => {
    const browser = new TestBrowser({}, true);
    const [one, two] = [browser.tab(cardsIn), browser.tab(cardsIn)];
    one.put('x', 1);
    browser.deliver();
    two.drop('x');
    browser.deliver();
    browser.deliver();
    expect([one.cards(), two.cards()]).toEqual([{}, {}]);
  });

  it('do not come back to what was said long ago, however many have written since', () => {
    let nowMs = 1_700_000_000_000;
    vi.spyOn(Date, 'now').mockImplementation(() => nowMs);
    const browser = new TestBrowser({}, true);
    const old = browser.tab(cardsIn);
    old.put('x', 1);
    browser.deliver();
    nowMs += 3_600_000;
    // Each visit is a tab of its own, and a text names only the last of them.
    for (let visit = 0; visit < 40; visit++) {
      browser.tab(cardsIn).put('x', 100 + visit);
      browser.deliver();
    }
    browser.deliver();
    expect(old.cards()).toEqual({ x: 139 });
    expect(browser.tab(cardsIn).cards()).toEqual({ x: 139 });
  });

  it('hear of what is taken away, and of a storage that was emptied', () => {
    const browser = new TestBrowser();
    const [one, two] = [browser.tab(cardsIn), browser.tab(cardsIn)];
    one.put('x', 1);
    browser.deliver();
    expect(two.cards()).toEqual({ x: 1 });
    one.forget();
    browser.deliver();
    expect(two.cards()).toEqual({});
    two.put('y', 2);
    browser.clear();
    browser.deliver();
    expect([one.cards(), two.cards()]).toEqual([{}, {}]);
  });
});

it('goes on in memory where the browser keeps nothing', () => {
  vi.stubGlobal('localStorage', undefined);
  const { put, drop, cards } = cardsIn(safeStorage());
  put('x', 1);
  put('y', 2);
  drop('x');
  expect(cards()).toEqual({ y: 2 });
});

it('keeps what a full storage refuses, and writes it with the next change that finds room', () => {
  const disk = new Map<string, string>();
  let isFull = true;
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => disk.get(name) ?? null,
    setItem: (name: string, text: string) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      disk.set(name, text);
    },
  });
  const { put } = cardsIn(safeStorage());
  put('x', 1);
  expect(disk.size).toBe(0);
  isFull = false;
  put('y', 2);
  expect(readStamp(disk.get('cards') ?? null).text).toBe('{"x":1,"y":2}');
});
