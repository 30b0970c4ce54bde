import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type Browser, launch } from 'puppeteer-core';
import { contexts, hashInNode, hostsForAll, type HostWindow, hotpath } from './embedHost.ts';

declare const window: Window & HostWindow;

/** Debian's; `HOTPATH_FIREFOX` names another. Driven over WebDriver BiDi, because Playwright only takes its own build. */
const firefox = [process.env.HOTPATH_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path !== undefined && existsSync(path),
);
const untilUs = 20_000_000;
const hosts = hostsForAll();
let browser: Browser | undefined;

test.describe('Firefox', () => {
  test.skip(
    firefox === undefined,
    'Firefox is not installed here: apt-get install firefox-esr, or set HOTPATH_FIREFOX.',
  );
  test.beforeAll(async () => {
    test.setTimeout(60_000);
    if (firefox === undefined) return;
    browser = await launch({ browser: 'firefox', executablePath: firefox, headless: true });
    console.log(`Firefox: ${await browser.version()}`);
  });
  test.afterAll(async () => {
    await browser?.close();
  });

  for (const context of contexts) {
    test(`${context}: a host that comes two seconds late gets a run with the hash that Node has`, async () => {
      test.setTimeout(60_000);
      const page = await (browser as Browser).newPage();
      const strange: string[] = [];
      page.on('request', (request) => {
        const known = [new URL(hotpath).origin, hosts.url(), 'file:', 'blob:', 'data:'];
        if (!known.some((start) => request.url().startsWith(start))) strange.push(request.url());
      });
      await page.goto(hosts.page(context, 'sim=home&load=now&api=1'));
      await page.waitForFunction(() => window.seen?.ready !== undefined, { timeout: 20_000 });
      const state = await page.evaluate((until) => window.ask('getState', { hash: true, until }), untilUs);
      expect(state).toMatchObject({ ok: true, data: { hash: hashInNode('home', untilUs), until: untilUs } });
      await page.evaluate(() => window.ask('play'));
      await page.waitForFunction(() => window.seen.events.filter(({ type }) => type === 'time').length > 2, {
        timeout: 20_000,
      });
      // As text: what BiDi hands over of an object goes only so deep.
      const seen = JSON.parse(await page.evaluate(() => JSON.stringify(window.seen))) as HostWindow['seen'];
      console.log(
        `Firefox, ${context}: ready ${Math.round(seen.readyMs ?? 0)} ms, ${seen.windowMessages} window messages`,
      );
      expect(seen.ready).toMatchObject({ kind: 'sim', id: 'home', version: 1, nonce: 'n-1' });
      expect(seen.origins).toEqual([context === 'cross-origin' ? new URL(hotpath).origin : 'null']);
      expect(strange).toEqual([]);
      await page.close();
    });

    test(`${context}: a lesson runs, and its figure is drawn`, async () => {
      test.setTimeout(60_000);
      const page = await (browser as Browser).newPage();
      await page.goto(hosts.page(context, 'lesson=why-a-cache&step=2&load=now&api=1', 0));
      await page.waitForFunction(() => window.seen?.ready !== undefined, { timeout: 20_000 });
      expect(await page.evaluate(() => window.seen.ready)).toMatchObject({ kind: 'lesson', id: 'why-a-cache' });
      const frame = page.frames().find((one) => one !== page.mainFrame());
      await frame?.waitForFunction(
        () => document.querySelector('[data-testid=stage]')?.textContent?.includes('Database'),
        {
          timeout: 20_000,
        },
      );
      await page.close();
    });
  }

  test('the loader works there, and hostile messages are refused', async () => {
    test.setTimeout(60_000);
    const page = await (browser as Browser).newPage();
    await page.goto(hosts.page('sandboxed', 'sim=home&load=now&api=1', 0));
    await page.waitForFunction(() => window.seen?.ready !== undefined, { timeout: 20_000 });
    const before = await page.evaluate(() => window.ask('getState'));
    await page.evaluate(() => {
      for (let n = 0; n < 2000; n++)
        window.post({ v: n % 3, type: n % 2 ? 'play' : 'nothing', data: { n: 'x'.repeat(n) } });
    });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const after = await page.evaluate(() => window.ask('getState'));
    expect(after.data?.set).toEqual(before.data?.set);
    await page.goto(`${hosts.url()}recipes/plain.html`);
    const done = await page.evaluate(async () => {
      const el = document.querySelector('hotpath-embed') as HTMLElement & {
        ready: Promise<Record<string, unknown>>;
        seek: (t: string) => Promise<Record<string, unknown>>;
      };
      const facts = await el.ready;
      return [facts.id, (await el.seek('9s')).t];
    });
    expect(done).toEqual(['home', 9_000_000]);
    await page.close();
  });
});
