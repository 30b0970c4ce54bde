import { isDeepStrictEqual } from 'node:util';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type Answer, type Embed, hashInNode, hostsForAll, type HostWindow } from './embedHost.ts';

declare const window: Window & HostWindow;

const hosts = hostsForAll();
const untilUs = 20_000_000;

/** How one window of a session is opened and asked. */
interface Windows {
  open: (context: BrowserContext, session: string) => Promise<Page>;
  ask: (page: Page, type: string, data?: unknown) => Promise<Record<string, unknown>>;
}

/** A frame with an origin: windows hear one another by themselves. */
const frames: Windows = {
  open: async (context, session) => {
    const page = await context.newPage();
    const origin = new URL(hosts.url()).origin;
    await page.goto(hosts.page('cross-origin', `sim=home&load=now&api=1&session=${session}&origin=${origin}`, 0));
    await page.waitForFunction(() => window.seen?.ready !== undefined, undefined, { timeout: 15_000 });
    return page;
  },
  ask: async (page, type, data) => {
    const {
      ok,
      data: told,
      error,
    }: Answer = await page.evaluate(([name, given]) => window.ask(name as string, given), [type, data]);
    expect(error).toBeUndefined();
    expect(ok).toBe(true);
    return told ?? {};
  },
};

/** A sandboxed frame hears nobody: the loaders of the two pages pass on what was done. */
const sandboxed: Windows = {
  open: async (context, session) => {
    const page = await context.newPage();
    await page.goto(hosts.element({ sim: 'home', load: 'now', session }));
    await page.evaluate(() => (document.querySelector('hotpath-embed') as Embed).ready);
    return page;
  },
  ask: (page, type, data) =>
    page.evaluate(
      ([name, given]) => (document.querySelector('hotpath-embed') as Embed).ask(name as string, given),
      [type, data],
    ),
};

for (const [name, windows] of Object.entries({ frames, sandboxed })) {
  test(`two windows of one session stay in step, ${name}: acts, moments, and one that comes late`, async ({
    context,
  }) => {
    test.setTimeout(90_000);
    const { ask } = windows;
    const stands = async (page: Page) => {
      const { playing, t, speed, acts, set } = await ask(page, 'getState');
      return { playing, t, speed, acts, set };
    };
    /** Both windows come to stand alike; gives how. */
    const alike = async (one: Page, other: Page) => {
      const differences = async () => {
        const [mine, theirs] = [await stands(one), await stands(other)];
        return isDeepStrictEqual(mine, theirs) ? [] : [mine, theirs];
      };
      await expect.poll(differences, { timeout: 10_000 }).toEqual([]);
      return stands(one);
    };
    const a = await windows.open(context, name);
    const b = await windows.open(context, name);

    // A moment alone is followed, though nothing starts or stops.
    await ask(a, 'seek', { t: '8s' });
    expect(await alike(a, b)).toMatchObject({ t: 8_000_000, playing: false });
    await a.waitForTimeout(700);
    await ask(b, 'step', { n: 1 });
    const stepped = await alike(b, a);
    expect(stepped.t).toBeGreaterThan(8_000_000);
    await b.waitForTimeout(700);

    // What is done in one is done in the other, at the same virtual time.
    await ask(a, 'set', { 'cache.ttl': '5s' });
    expect((await alike(a, b)).acts).toHaveLength(1);
    await a.waitForTimeout(700);
    await ask(a, 'speed', { speed: 2 });
    await ask(a, 'play');
    await expect.poll(async () => (await stands(b)).playing).toBe(true);
    await a.waitForTimeout(700);
    await ask(b, 'inject', { fault: { do: 'flush' } });
    await expect.poll(async () => ((await stands(a)).acts as unknown[]).length).toBe(2);
    await b.waitForTimeout(700);
    await ask(a, 'pause');
    const both = await alike(a, b);
    expect(both).toMatchObject({ playing: false, speed: 2 });
    expect(both.acts).toHaveLength(2);

    // A setting that is no act begins the run anew, in both.
    await a.waitForTimeout(700);
    await ask(b, 'set', { 'cache.capacity': 40 });
    await alike(b, a);

    const hash = async (page: Page) => (await ask(page, 'getState', { hash: true, until: untilUs })).hash;
    const hashes = [await hash(a), await hash(b)];
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[0]).not.toBe(hashInNode('home', untilUs));

    // A window that comes late is told all of it.
    const late = await windows.open(context, name);
    await alike(a, late);
    expect(await hash(late)).toBe(hashes[0]);
    await ask(late, 'seek', { t: '3s' });
    await alike(late, a);
    await alike(late, b);
  });
}

test('a window of another session is left alone', async ({ context }) => {
  const a = await frames.open(context, 'one');
  const b = await frames.open(context, 'two');
  const before = await frames.ask(b, 'getState');
  await frames.ask(a, 'seek', { t: '9s' });
  await frames.ask(a, 'inject', { fault: { do: 'flush' } });
  await a.waitForTimeout(1000);
  expect(await frames.ask(b, 'getState')).toEqual(before);
});
