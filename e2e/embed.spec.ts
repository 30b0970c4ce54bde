import { expect, type Page, test } from '@playwright/test';
import {
  contexts,
  hashInNode,
  hostsForAll,
  type HostWindow,
  hotpath,
  watchErrors,
  watchRequests,
} from './embedHost.ts';

declare const window: Window & HostWindow;

const untilUs = 20_000_000;
const hosts = hostsForAll();

async function connected(page: Page): Promise<void> {
  await page.waitForFunction(() => window.seen?.ready !== undefined, undefined, { timeout: 15_000 });
}

for (const context of contexts) {
  test.describe(context, () => {
    test('a host that comes two seconds late gets a run with the hash that Node has', async ({ page }) => {
      const strange = watchRequests(page, hosts.url());
      const errors = watchErrors(page);
      await page.goto(hosts.page(context, 'sim=home&load=now&api=1'));
      await connected(page);
      const state = await page.evaluate((until) => window.ask('getState', { hash: true, until }), untilUs);
      expect(state).toMatchObject({ ok: true, data: { hash: hashInNode('home', untilUs), until: untilUs } });
      await page.evaluate(() => window.ask('play'));
      await page.waitForFunction(() => window.seen.events.filter(({ type }) => type === 'time').length > 2);
      const seen = await page.evaluate(() => window.seen);
      console.log(`${context}: ready ${Math.round(seen.readyMs ?? 0)} ms, ${seen.windowMessages} window messages`);
      expect(seen.windowMessages).toBeLessThan(6);
      expect(seen.ready).toMatchObject({ kind: 'sim', id: 'home', version: 1, nonce: 'n-1' });
      expect(seen.origins).toEqual([context === 'cross-origin' ? new URL(hotpath).origin : 'null']);
      expect(errors).toEqual([]);
      expect(strange).toEqual([]);
    });

    test('a lesson runs, and its figure is drawn', async ({ page }) => {
      const strange = watchRequests(page, hosts.url());
      await page.goto(hosts.page(context, 'lesson=why-a-cache&step=2&load=now&api=1', 0));
      const frame = page.frameLocator('iframe');
      await expect(frame.getByTestId('stage')).toContainText('Database', { timeout: 15_000 });
      await connected(page);
      expect(await page.evaluate(() => window.seen.ready)).toMatchObject({ kind: 'lesson', id: 'why-a-cache' });
      expect(await page.evaluate(() => window.ask('goto', { step: 3 }))).toMatchObject({ ok: true });
      await expect(frame.getByRole('heading', { level: 2, name: 'Then it is noon' })).toBeVisible();
      expect(strange).toEqual([]);
    });
  });
}

test('every command of a simulation does what it says', async ({ page }) => {
  await page.goto(hosts.page('sandboxed', 'sim=home&load=now&api=1&origin=' + new URL(hosts.url()).origin, 0));
  await connected(page);
  const ask = (type: string, data?: unknown) => page.evaluate(([t, d]) => window.ask(t as string, d), [type, data]);
  expect(await ask('seek', { t: '5s' })).toMatchObject({ ok: true, data: { t: 5_000_000, playing: false } });
  expect(await ask('step', { n: 2 })).toMatchObject({ ok: true });
  expect(await ask('speed', { speed: 2 })).toMatchObject({ ok: true, data: { speed: 2 } });
  expect(await ask('set', { 'cache.ttl': '30s' })).toMatchObject({ ok: true });
  expect(await ask('inject', { fault: { do: 'flush' } })).toMatchObject({ ok: true, data: { done: 1 } });
  expect(await ask('apply', { commands: [{ at: '8s', do: 'set', path: 'cache.ttl', value: '5s' }] })).toMatchObject({
    ok: true,
    data: { done: 1 },
  });
  const known = await ask('getMetrics', { expr: 'avg(read.latency) over 0s..4s' });
  const several = await ask('getMetrics', { expr: ['sum(database.reads)', 'hit.ratio'] });
  const wrong = await ask('getMetrics', { expr: 'sum(databse.reads)' });
  expect(several).toMatchObject({ ok: true });
  expect(wrong).toMatchObject({ ok: false, error: { code: 'bad-expression' } });
  expect(known).toMatchObject({ ok: true, data: { figures: [{ unit: 'us' }] } });
  await page.waitForTimeout(1000);
  const state = await ask('getState');
  const packed = state.data?.s as string;
  expect(state.data?.acts).toHaveLength(3);
  expect(await ask('reset')).toMatchObject({ ok: true });
  expect(await ask('setState', { s: packed })).toMatchObject({ ok: true });
  await expect.poll(async () => (await ask('getState')).data?.s).toBe(packed);
  expect(await ask('subscribe', { expr: 'avg(read.latency)', everyMs: 250 })).toMatchObject({ ok: true });
  expect(await ask('export', { format: 'json' })).toMatchObject({ ok: true });
  await page.waitForTimeout(1000);
  expect(await ask('theme', { tokens: { paper: '#f0f4ff', radius: 4 } })).toMatchObject({ ok: true });
  expect(await ask('theme', { tokens: { ink: '#cccccc' } })).toMatchObject({
    ok: false,
    error: { code: 'low-contrast' },
  });
  expect(await ask('hint', {})).toMatchObject({ ok: false, error: { code: 'not-here' } });
  const types = await page.evaluate(() => [...new Set(window.seen.events.map(({ type }) => type))]);
  expect(types).toEqual(expect.arrayContaining(['ready', 'state', 'time', 'command', 'fault', 'metric', 'warning']));
});

test('a wrong parameter is told on screen, to the host, and a default stands in', async ({ page }) => {
  const notes: string[] = [];
  page.on('console', (message) => notes.push(message.text()));
  await page.goto(hosts.page('sandboxed', 'sim=home&load=now&speed=fast&theem=dark&theme=pink', 0));
  await connected(page);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('theme=pink cannot be used')).toBeVisible();
  await expect(frame.getByText('speed=fast cannot be used')).toBeVisible();
  const warnings = await page.evaluate(() => window.seen.events.filter(({ type }) => type === 'warning'));
  expect(warnings.map(({ data }) => data.name)).toEqual(expect.arrayContaining(['speed', 'theme']));
  expect(notes.join()).toContain('theem');
});

test('it says nothing of importance to a page that it was not meant for', async ({ page }) => {
  await page.goto(hosts.page('cross-origin', 'sim=home&load=now&api=1&origin=https://school.example', 0));
  await expect(page.frameLocator('iframe').getByTestId('stage')).toBeVisible({ timeout: 15_000 });
  await page.waitForTimeout(1500);
  expect(await page.evaluate(() => window.seen)).toMatchObject({ windowMessages: 0, events: [] });
});
