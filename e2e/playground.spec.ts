import { isDeepStrictEqual } from 'node:util';
import { expect, type Page, test } from '@playwright/test';

const clockText = (page: Page) => page.getByTestId('clock').textContent();

async function open(page: Page, scenario: string): Promise<void> {
  await page.goto(`./#/play/${scenario}`);
  await expect(page.getByTestId('stage').first()).toContainText('Redis');
  await expect.poll(() => clockText(page)).not.toBe('');
}

/** The cards' words, which come out of the rows at the playhead. */
const words = (page: Page) => page.getByTestId('stage').first().innerText();

/** Scrubs to a second of the two-minute run and waits until it is worked out. */
async function pauseAt(page: Page, second: number): Promise<void> {
  await page.getByRole('slider', { name: 'Moment of the run' }).fill(String(Math.round((second / 120) * 10_000)));
  await expect.poll(() => clockText(page), { timeout: 15_000 }).toBe(`11:00:${second}.000`);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
}

test('a knob acts while it runs, and is taken back by undo', async ({ page }) => {
  await open(page, 'cache-aside-basics');
  await expect.poll(() => words(page), { timeout: 15_000 }).toMatch(/[1-9]\d* of 48/);
  const capacity = page.getByRole('slider', { name: 'Capacity' }).first();
  await capacity.focus();
  await capacity.press('Home');
  await expect.poll(() => words(page)).toMatch(/of 10/);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => words(page)).toMatch(/of 48/);
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect.poll(() => words(page)).toMatch(/of 10/);
});

test('going back lands in the same state as before', async ({ page }) => {
  await open(page, 'cache-aside-basics');
  await pauseAt(page, 18);
  await expect.poll(() => words(page)).toMatch(/of 48/);
  const first = await words(page);
  await pauseAt(page, 36);
  await expect.poll(() => words(page)).not.toBe(first);
  await pauseAt(page, 18);
  await expect.poll(() => words(page)).toBe(first);
});

test('a slow request is found, drawn from its rows, and stepped through', async ({ page }) => {
  await open(page, 'cache-aside-basics');
  await page.getByRole('button', { name: 'Next miss request' }).click();
  await expect(page.getByRole('tab', { name: /^Request \d/ })).toBeVisible();
  const diagram = page.locator('svg [data-et="message"]');
  await expect(page.locator('svg .messageText').first()).toBeVisible({ timeout: 15_000 });
  expect(await diagram.count()).toBeGreaterThanOrEqual(7);
  await page.getByRole('button', { name: 'Step' }).click();
  const before = await clockText(page);
  await page
    .getByTestId('stage')
    .first()
    .click({ position: { x: 3, y: 3 } });
  await page.getByRole('region', { name: 'The running system' }).press('ArrowLeft');
  await expect.poll(() => clockText(page)).not.toBe(before);
  await page.getByRole('tab', { name: 'Waterfall' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('Database');
});

test('a shared moment opens paused, at the same microsecond, with the same acts', async ({ page, context }) => {
  await open(page, 'cache-aside-basics');
  await expect.poll(() => words(page)).toMatch(/[1-9]\d* of 48/);
  await page.getByRole('button', { name: 'Flush cache' }).click();
  await page.waitForTimeout(500);
  await page.getByRole('tab', { name: 'Staleness' }).click();
  await page.getByRole('button', { name: 'Share this moment' }).click();
  const link = await page.getByTestId('share-link').inputValue();
  expect(link).toContain('?s=');
  // The words are drawn some times a second: they are read when the last before the pause have come.
  const read = async () => ({ clock: await clockText(page), words: await words(page) });
  let shown = await read();
  const settled = async () => {
    const before = shown;
    await page.waitForTimeout(400);
    shown = await read();
    return isDeepStrictEqual(before, shown);
  };
  await expect.poll(settled).toBe(true);
  const other = await context.newPage();
  await other.goto(link);
  await expect.poll(() => clockText(other), { timeout: 15_000 }).toBe(shown.clock);
  await expect(other.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect.poll(() => words(other)).toBe(shown.words);
  await expect(other.getByRole('tab', { name: 'Staleness' })).toHaveAttribute('aria-selected', 'true');
});

test('a broken link says what is wrong and shows the scenario instead', async ({ page }) => {
  await page.goto('./#/play/cache-aside-basics?s=AQAAgarbage');
  await expect(page.getByRole('status').filter({ hasText: 'shown from its beginning' })).toBeVisible();
  await expect(page.getByTestId('stage').first()).toContainText('Redis');
});

test('an unknown scenario says so and opens one that exists', async ({ page }) => {
  await page.goto('./#/play/no-such-thing');
  await expect(page.getByText('There is no scenario called “no-such-thing”')).toBeVisible();
  await expect(page.getByTestId('stage').first()).toContainText('Redis');
});

test('two lanes run the same arrivals with two settings, and the first difference is a jump', async ({ page }) => {
  await open(page, 'ttl-sweep');
  await expect(page.getByTestId('stage')).toHaveCount(2);
  await page.getByRole('tab', { name: 'Compare' }).click();
  await expect(page.getByRole('region', { name: 'The two runs compared' })).toBeVisible();
  const jump = page.getByRole('tabpanel').getByRole('button').first();
  await expect(jump).toBeVisible({ timeout: 15_000 });
  await jump.click();
  await expect(page.getByRole('tab', { name: /^Request \d/ })).toBeVisible();
});

test('acting in the past forks the run; undo brings the old future back', async ({ page }) => {
  await open(page, 'cache-aside-basics');
  await pauseAt(page, 36);
  const future = await words(page);
  await pauseAt(page, 12);
  await page.getByRole('button', { name: 'Flush cache' }).click();
  await pauseAt(page, 36);
  await expect.poll(() => words(page)).not.toBe(future);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => words(page)).toBe(future);
});

test('a point of a chart picks the request that stands for it', async ({ page }) => {
  await open(page, 'cache-aside-basics');
  await pauseAt(page, 36);
  const plot = page.locator('[data-chart="read-latency"]');
  await plot.scrollIntoViewIfNeeded();
  const chart = await plot.boundingBox();
  if (chart === null) throw new Error('no chart of read latency');
  await page.mouse.click(chart.x + 30, chart.y + chart.height / 2);
  await expect(page.getByRole('tab', { name: /^Request \d/ })).toBeVisible();
});

test('a simulation that hangs is noticed, replaced and brought back where it was', async ({ page }) => {
  test.setTimeout(60_000);
  await open(page, 'cache-aside-basics');
  await expect.poll(() => words(page)).toMatch(/[1-9]\d* of 48/);
  const [worker] = page.workers();
  worker
    .evaluate(() => {
      for (;;);
    })
    .catch(() => 'the page has replaced it');
  await page.waitForTimeout(1500);
  const stuck = await clockText(page);
  await page.waitForTimeout(1000);
  expect(await clockText(page)).toBe(stuck);
  await expect.poll(() => clockText(page), { timeout: 20_000 }).not.toBe(stuck);
  await expect.poll(() => words(page)).toMatch(/[1-9]\d* of 48/);
});
