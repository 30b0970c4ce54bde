import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { safeStorage } from './safeStorage.ts';
import { createSettings, readSettings } from './settings.ts';
import { TestBrowser } from './testBrowser.ts';

const stored = (state: unknown) => JSON.stringify({ state, version: 1 });

afterEach(() => vi.unstubAllGlobals());

it('takes what it knows from storage, whatever else is there', () => {
  expect(readSettings(stored({ theme: 'dark', shortcuts: false, other: 1 }))).toEqual({
    theme: 'dark',
    shortcuts: false,
  });
  expect(readSettings(stored({ theme: 'pink', shortcuts: 'yes' }))).toEqual({});
  for (const text of ['', 'null', '7', '"dark"', '[]', '{}', stored(null), stored('dark')])
    expect(readSettings(text)).toEqual({});
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(Object.keys(readSettings(text)).filter((name) => name !== 'theme' && name !== 'shortcuts')).toEqual([]);
    }),
  );
});

it('are there again at the next visit, where the page looks for them before its first paint', () => {
  const browser = new TestBrowser();
  browser.tab(createSettings).getState().setTheme('projector');
  expect(browser.tab(createSettings).getState()).toMatchObject({ theme: 'projector', shortcuts: true });
  // As public/theme.js reads it.
  expect(JSON.parse(browser.all.get('hotpath.settings') ?? '').state.theme).toBe('projector');
});

it('follow another tab, and hold of each setting the latest choice', () => {
  const browser = new TestBrowser();
  const [one, two] = [browser.tab(createSettings), browser.tab(createSettings)];
  one.getState().setTheme('dark');
  two.getState().setShortcuts(false);
  browser.deliver();
  for (const { getState } of [one, two]) expect(getState()).toMatchObject({ theme: 'dark', shortcuts: false });
  two.getState().setTheme('light');
  one.getState().setTheme('projector');
  browser.deliver();
  for (const { getState } of [one, two]) expect(getState()).toMatchObject({ theme: 'projector', shortcuts: false });
  browser.clear();
  browser.deliver();
  for (const { getState } of [one, two]) expect(getState()).toMatchObject({ theme: 'auto', shortcuts: true });
});

it('stay as chosen where another tab spoils what is stored', () => {
  const browser = new TestBrowser();
  const one = browser.tab(createSettings);
  one.getState().setTheme('dark');
  browser.tab((storage) => storage.setItem('hotpath.settings', '{"state":'));
  browser.deliver();
  one.getState().setShortcuts(false);
  expect(browser.tab(createSettings).getState()).toMatchObject({ theme: 'dark', shortcuts: false });
});

it('can be changed where nothing is kept', () => {
  vi.stubGlobal('localStorage', undefined);
  const { getState } = createSettings(safeStorage());
  getState().setTheme('dark');
  getState().setShortcuts(false);
  expect(getState()).toMatchObject({ theme: 'dark', shortcuts: false });
});
