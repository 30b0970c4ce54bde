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
      expect(await page.evaluate(() => window.ask('goto', { step: 'rush-bet' }))).toMatchObject({ ok: true });
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
  // A step is one event: two of them are as far as one and one.
  const there = (await ask('step', { n: 2 })).data?.t as number;
  expect(there).toBeGreaterThan(5_000_000);
  expect(there).toBeLessThan(5_500_000);
  const back = (await ask('step', { n: -1 })).data?.t as number;
  expect(back).toBeGreaterThan(5_000_000);
  expect(back).toBeLessThan(there);
  expect((await ask('step')).data?.t).toBe(there);
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

test('a lesson goes where it is told, takes answers, and tells its goals', async ({ page }) => {
  test.setTimeout(90_000);
  const origin = new URL(hosts.url()).origin;
  await page.goto(hosts.page('sandboxed', `lesson=why-a-cache&load=now&api=1&results=xapi&origin=${origin}`, 0));
  await connected(page);
  const frame = page.frameLocator('iframe');
  const ask = (type: string, data?: unknown) => page.evaluate(([t, d]) => window.ask(t as string, d), [type, data]);
  const told = (type: string) =>
    page.evaluate((name) => window.seen.events.filter((event) => event.type === name).map(({ data }) => data), type);
  const capabilities = (await page.evaluate(() => window.seen.ready?.capabilities)) as Record<string, string[]>;
  expect(capabilities.commands).toEqual(expect.arrayContaining(['goto', 'answer', 'step', 'play', 'getMetrics']));
  expect(capabilities.commands).not.toContain('hint');
  expect(capabilities.events).not.toContain('size');

  // Nothing runs by itself: the address does not say autoplay=1.
  await expect(frame.getByTestId('stage').first()).toBeVisible({ timeout: 15_000 });
  await expect(frame.getByRole('button', { name: 'Play' }).first()).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Pause' })).toHaveCount(0);

  expect(await ask('goto', { step: 'line-quiz' })).toMatchObject({ ok: true });
  await expect(frame.locator('#quiz-line-quiz')).toBeInViewport();
  expect(await ask('goto', { step: 99 })).toMatchObject({ ok: false, error: { code: 'bad-step' } });
  expect(await ask('answer', { id: 'line-quiz', value: [0, 1] })).toMatchObject({ error: { code: 'bad-answer' } });
  expect(await ask('answer', { id: 'line-quiz', value: 1 })).toMatchObject({ ok: true });
  await expect(frame.locator('#quiz-line-quiz')).toContainText('That is right');
  expect(await told('answer')).toEqual([{ id: 'line-quiz', value: [1], right: true }]);
  expect(await ask('answer', { id: 'line-quiz', value: 0 })).toMatchObject({ error: { code: 'placed' } });

  expect(await ask('answer', { id: 'old-bet', value: 0.3 })).toMatchObject({ error: { code: 'bad-answer' } });
  expect(await ask('answer', { id: 'old-bet', value: 0.2 })).toMatchObject({ ok: true });
  expect(await told('prediction')).toEqual([{ id: 'old-bet', value: 0.2, confidence: null }]);
  expect(await ask('goto', { step: 'old' })).toMatchObject({ ok: true });
  // The figure waited for that bet, so it runs now.
  await expect(frame.getByRole('button', { name: 'Pause' })).toHaveCount(1, { timeout: 15_000 });
  await expect.poll(async () => (await ask('set', { 'pattern.write': 'cache-aside' })).ok).toBe(true);
  await ask('speed', { speed: 20 });
  await expect
    .poll(() => told('check'), { timeout: 30_000 })
    .toContainEqual(expect.objectContaining({ id: 'stale.share == 0 for 30s', status: 'pass', of: 'old' }));
  expect((await told('xapi')).length).toBeGreaterThan(0);
  await ask('pause');
  const before = (await ask('getState')).data?.t as number;
  const after = (await ask('step')).data?.t as number;
  expect(after).toBeGreaterThan(before);
});

test('figures of a lesson run by themselves where the address says so, and less motion is not asked for', async ({
  page,
}) => {
  await page.goto(`${hotpath}embed.html?lesson=why-a-cache&load=now&autoplay=1`);
  await expect(page.getByRole('button', { name: 'Pause' }).first()).toBeVisible({ timeout: 15_000 });
  await page.goto(`${hotpath}embed.html?lesson=why-a-cache&load=now&autoplay=1&motion=reduce`);
  await expect(page.getByRole('button', { name: 'Play' }).first()).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0);
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
