import { isDeepStrictEqual } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { type Embed, hostsForAll, type HostWindow, hotpath, watchErrors, watchRequests } from './embedHost.ts';

declare const window: Window & HostWindow;

const hosts = hostsForAll();

/** Virtual time of the nth embed of a page, µs. */
function timeOf(page: Page, nth = 0): Promise<number> {
  return page.evaluate(
    async (index) => Number((await document.querySelectorAll<Embed>('hotpath-embed')[index].getState()).t),
    nth,
  );
}

for (const place of ['http', 'disk'] as const) {
  test(`plain HTML, ${place}: the element runs, is asked and tells`, async ({ page }) => {
    const strange = watchRequests(page, hosts.url());
    const errors = watchErrors(page);
    await page.goto(place === 'http' ? `${hosts.url()}recipes/plain.html` : hosts.disk('plain.html'));
    const facts = await page.evaluate(() => document.querySelector<Embed>('hotpath-embed')?.ready);
    expect(facts).toMatchObject({ kind: 'sim', id: 'home' });
    const done = await page.evaluate(async () => {
      const el = document.querySelector('hotpath-embed') as Embed;
      await el.set({ 'cache.ttl': '30s' });
      await el.seek('9s');
      const { figures } = await el.getMetrics('count(read.latency)');
      await el.play();
      return figures[0].value;
    });
    expect(done).toBeGreaterThan(100);
    await expect.poll(() => page.evaluate(() => window.heard.map(([type]) => type))).toContain('time');
    const frame = page.locator('hotpath-embed iframe');
    await expect(frame).toHaveAttribute('sandbox', /^allow-scripts allow-downloads allow-popups/);
    await expect(frame).toHaveAttribute('title', 'A shop with a cache');
    await expect(frame).toHaveAttribute('referrerpolicy', 'no-referrer');
    expect(errors).toEqual([]);
    expect(strange).toEqual([]);
  });
}

test('Tab goes through the embed and out of it at both ends', async ({ page }) => {
  await page.goto(`${hosts.url()}recipes/plain.html`);
  await page.evaluate(() => document.querySelector<Embed>('hotpath-embed')?.ready);
  const embed = page.frames()[1];
  const stopOf = () => [...document.querySelectorAll('*')].indexOf(document.activeElement as Element);
  // The focus goes from one process to another, which takes its time: every stop is waited for.
  const focus = async () => ({
    inside: await page.evaluate(() => document.activeElement?.tagName === 'IFRAME'),
    stops: [await page.evaluate(stopOf), await embed.evaluate(stopOf)],
  });
  const press = async (key: string) => {
    const before = await focus();
    let last = before;
    await page.keyboard.press(key);
    const settled = async () => {
      const now = await focus();
      const same = isDeepStrictEqual(now, last);
      last = now;
      return same && !isDeepStrictEqual(now, before);
    };
    await expect.poll(settled).toBe(true);
    return last.inside;
  };
  expect(await press('Tab')).toBe(true);
  for (let tabs = 0; tabs < 60; tabs++) if (!(await press('Tab'))) break;
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The text goes on.');
  expect(await press('Shift+Tab')).toBe(true);
  for (let tabs = 0; tabs < 60; tabs++) if (!(await press('Shift+Tab'))) break;
  expect((await focus()).inside).toBe(false);
  const left = await page.evaluate(() =>
    window.heard.filter(([type]) => type === 'focusout').map(([, data]) => data.dir),
  );
  expect(left).toEqual(['next', 'previous']);
});

test('a deck of reveal.js starts and stops what is on its slides, and gets the keys', async ({ page }) => {
  test.setTimeout(60_000);
  const strange = watchRequests(page, hosts.url());
  await page.goto(`${hosts.url()}recipes/reveal.html`);
  await page.waitForFunction(() => window.deck !== undefined);
  await page.evaluate(() =>
    Promise.all([...document.querySelectorAll<Embed>('hotpath-embed[sim]')].map((el) => el.ready)),
  );
  expect((await page.evaluate(() => document.querySelector<Embed>('hotpath-embed')?.getState()))?.playing).toBe(false);

  await page.keyboard.press('ArrowRight');
  await expect.poll(() => timeOf(page)).toBeGreaterThan(0);
  const first = await timeOf(page);
  await expect.poll(() => timeOf(page)).toBeGreaterThan(first);

  // The embed has the focus; the arrow is of no use to it and turns the slide.
  const embed = page.frameLocator('hotpath-embed iframe').first();
  await embed.getByRole('button', { name: 'Pause' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.evaluate(() => window.deck.getIndices().h)).toBe(2);
  const passed = async () => {
    const before = await timeOf(page);
    await page.waitForTimeout(700);
    return (await timeOf(page)) - before;
  };
  await expect.poll(passed).toBe(0);

  // The plain frame on this slide was told to start, by reveal.js alone.
  const plain = page.frameLocator('section > iframe');
  await expect(plain.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 15_000 });

  await page.evaluate(() => window.deck.slide(3));
  const lesson = page.frameLocator('hotpath-embed[lesson] iframe');
  await expect(lesson.getByRole('heading', { name: 'One query a page' })).toBeVisible({ timeout: 15_000 });
  await lesson.getByRole('heading', { name: 'One query a page' }).click();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.evaluate(() => window.deck.getIndices().h)).toBe(4);
  expect(strange).toEqual([]);
});

test('a deck that throws a frame away gets back what it showed', async ({ page }) => {
  await page.goto(`${hosts.url()}recipes/plain.html`);
  await page.evaluate(async () => {
    const el = document.querySelector('hotpath-embed') as Embed;
    await el.ready;
    await el.seek('11s');
    await el.inject({ do: 'flush' });
  });
  await page.waitForTimeout(800);
  const before = await page.evaluate(() => document.querySelector<Embed>('hotpath-embed')?.getState());
  await page.evaluate(() => {
    const el = document.querySelector('hotpath-embed') as Embed;
    const place = el.parentElement as HTMLElement;
    el.remove();
    place.append(el);
  });
  await expect(page.frameLocator('hotpath-embed iframe').getByTestId('stage')).toBeVisible({ timeout: 15_000 });
  await expect
    .poll(() => page.evaluate(() => document.querySelector<Embed>('hotpath-embed')?.getState()))
    .toMatchObject({ s: before?.s, acts: before?.acts });
});

test('a docs page makes the frame when it comes near, and as high as what is in it', async ({ page }) => {
  await page.goto(`${hosts.url()}recipes/docs.html`);
  await page.waitForTimeout(500);
  await expect(page.locator('hotpath-embed iframe')).toHaveCount(0);
  await page.locator('#after').scrollIntoViewIfNeeded();
  const frame = page.locator('hotpath-embed iframe');
  await expect(frame).toHaveCount(1);
  await expect(page.frameLocator('hotpath-embed iframe').getByTestId('stage')).toBeVisible({ timeout: 15_000 });
  const wanted = await page
    .frameLocator('hotpath-embed iframe')
    .locator('#root')
    .evaluate((root) => root.scrollHeight);
  await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThan(wanted - 3);
  await page.waitForTimeout(800);
  const settled = await frame.boundingBox();
  await page.waitForTimeout(500);
  expect((await frame.boundingBox())?.height).toBe(settled?.height);
});

test('a block of a course page is made as high as Canvas is told', async ({ page }) => {
  await page.goto(`${hosts.url()}recipes/lms.html`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { name: 'One query a page' })).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => page.evaluate(() => window.heights.at(-1) ?? 0)).toBeGreaterThan(600);
  await page.waitForTimeout(1500);
  expect(await page.evaluate(() => window.heights.length)).toBeLessThan(20);
});

test('two embeds of one session stay in step, each alone in its sandbox', async ({ page }) => {
  await page.goto(`${hosts.url()}recipes/plain.html`);
  await page.evaluate(async () => {
    const [old] = document.querySelectorAll('hotpath-embed');
    old.remove();
    for (const name of ['a', 'b']) {
      const el = document.createElement('hotpath-embed');
      for (const [key, value] of Object.entries({ sim: 'home', load: 'now', session: 'class-7', id: name }))
        el.setAttribute(key, value);
      document.body.append(el);
    }
    await Promise.all([...document.querySelectorAll<Embed>('hotpath-embed')].map((el) => el.ready));
  });
  await page.evaluate(async () => {
    const a = document.querySelector('#a') as Embed;
    await a.seek('10s');
    await a.inject({ do: 'flush' });
    await a.play();
    await new Promise((resolve) => setTimeout(resolve, 700));
    await a.pause();
  });
  const states = () =>
    page.evaluate(() => Promise.all(['#a', '#b'].map((id) => (document.querySelector(id) as Embed).getState())));
  await expect.poll(async () => (await states()).map((state) => (state.acts as unknown[]).length)).toEqual([1, 1]);
  await expect
    .poll(async () => {
      const [a, b] = await states();
      return [a.playing, b.playing, a.t === b.t];
    })
    .toEqual([false, false, true]);
  const [a, b] = await states();
  expect(b.acts).toEqual(a.acts);
});

test('nothing of the app is reached from a frame but by its links', async ({ page, context }) => {
  await page.goto(`${hosts.url()}recipes/plain.html`);
  const embed = page.frameLocator('hotpath-embed iframe');
  await page.evaluate(() => document.querySelector<Embed>('hotpath-embed')?.ready);
  const opened = context.waitForEvent('page');
  await embed.getByRole('link', { name: 'Open in Hotpath' }).click();
  const app = await opened;
  expect(app.url()).toContain(`${hotpath}index.html#/play/home`);
  await page.goto(`${hosts.url()}recipes/plain.html`);
  await page.evaluate(() => document.querySelector('hotpath-embed')?.setAttribute('links', '0'));
  await page.evaluate(() => {
    const el = document.querySelector('hotpath-embed') as Embed;
    const again = el.cloneNode() as Embed;
    el.replaceWith(again);
    return again.ready;
  });
  expect(await embed.getByRole('link').count()).toBe(0);
});
