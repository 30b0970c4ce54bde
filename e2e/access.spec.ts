import { expect, type Page, test } from '@playwright/test';
import { axeFindsNothing } from './axeFindsNothing.ts';

const pages = [
  ['home', './'],
  ['playground', './#/play/cache-aside-basics'],
  ['comparison', './#/play/ttl-sweep'],
  ['gallery', './#/gallery'],
  ['protections', './#/play/single-flight'],
  ['experiments', './#/experiments'],
  ['lab', './#/lab'],
  ['microscope', './#/lab/microscope'],
  ['curves', './#/lab/curves?trace=zipf&n=5000&seed=1&p=lru,fifo'],
  ['learn', './#/learn'],
  ['lesson', './#/learn/why-a-cache'],
  ['embed', './#/embed'],
  ['model', './#/model'],
  ['missing', './#/no/such/page'],
] as const;
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForTimeout(900);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      for (const [name, address] of pages) {
        test(`${name}: axe finds nothing, nothing is cut off sideways`, async ({ page }) => {
          await page.goto(address);
          await settle(page);
          await axeFindsNothing(page);
        });
      }
    });
  }
}

test('the playground is worked by keyboard alone', async ({ page }) => {
  await page.goto('./#/play/cache-aside-basics');
  await settle(page);
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  const seen = new Set<string>();
  for (let tabs = 0; tabs < 80 && !seen.has('Pause'); tabs++) {
    await page.keyboard.press('Tab');
    seen.add((await focused()).trim());
  }
  expect(seen).toContain('Pause');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeFocused();
});
