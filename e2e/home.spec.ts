import { expect, test } from '@playwright/test';

/** How many pixels of the stage's moving layer are painted. */
const painted = () => {
  const canvases = document.querySelectorAll<HTMLCanvasElement>('[data-testid="stage"] canvas');
  const canvas = canvases[canvases.length - 1];
  const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
  if (data === undefined) return 0;
  let count = 0;
  for (let index = 3; index < data.length; index += 4) if (data[index] > 0) count++;
  return count;
};

test('a system runs on arrival, without a click, and its requests move', async ({ page }) => {
  await page.goto('./');
  await expect.poll(() => page.evaluate(painted)).toBeGreaterThan(200);
  const stage = page.getByTestId('stage').first();
  await expect(stage.getByText('Redis', { exact: true })).toBeVisible();
  const before = await stage.locator('canvas').last().screenshot();
  await expect.poll(async () => before.equals(await stage.locator('canvas').last().screenshot())).toBe(false);
});

test('taking the cache away fills the line before the database; giving it back empties it', async ({ page }) => {
  await page.goto('./');
  const stage = page.getByTestId('stage').first();
  const waiting = async () => Number(/(\d+) waiting/.exec((await stage.textContent()) ?? '')?.[1] ?? -1);
  await expect.poll(waiting).toBeGreaterThanOrEqual(0);
  await expect.poll(waiting).toBeLessThan(30);
  await page.getByRole('button', { name: 'Take the cache away' }).click();
  await expect.poll(waiting, { timeout: 15_000 }).toBeGreaterThan(50);
  await page.getByRole('button', { name: 'Give it back' }).click();
  await expect.poll(waiting, { timeout: 20_000 }).toBeLessThan(20);
});

test('with reduced motion nothing starts by itself, and play still works', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ reducedMotion: 'reduce', baseURL });
  await page.goto('./');
  const play = page.getByRole('button', { name: 'Play' });
  await expect(play).toBeVisible();
  const clock = page.getByText(/^12:\d\d:\d\d\.\d{3}$/).first();
  await expect(clock).toHaveText('12:00:08.000');
  await page.waitForTimeout(700);
  await expect(clock).toHaveText('12:00:08.000');
  await play.click();
  await expect(clock).not.toHaveText('12:00:08.000');
  await page.close();
});
