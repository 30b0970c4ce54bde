import { expect, test } from '@playwright/test';

test('a claim is measured in this browser, with the figures of the documents and of theory beside it', async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.goto('./#/experiments/cacheable-share');
  const row = page.locator('#experiment-cacheable-share');
  await expect(row.getByText(/holds, 1 seed/)).toBeVisible({ timeout: 60_000 });
  const here = row.locator('dl > div', { hasText: 'Here' });
  await expect(here).toContainText(/[12][\s,.]?\d{3}/);
  await row.getByText(/checks?, seed/).click();
  await expect(row.locator('code').first()).toBeVisible();
});

test('an experiment opens its two variants at the moment that matters', async ({ page }) => {
  await page.goto('./#/experiments/stampede');
  const row = page.locator('#experiment-stampede');
  await row.getByRole('button', { name: 'See it happen' }).click();
  await expect(page).toHaveURL(/#\/play\/.+\?s=/);
  await expect(page.getByTestId('stage')).toHaveCount(2, { timeout: 20_000 });
  await expect(page.getByTestId('clock')).not.toHaveText('');
});

test('experiments are found by words, by topic and by claim', async ({ page }) => {
  await page.goto('./#/experiments');
  const rows = page.locator('[id^="experiment-"]');
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  await page.getByRole('searchbox', { name: 'Find a claim' }).fill('F1');
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await expect(page.locator('#experiment-stampede')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Find a claim' }).fill('nothing is called like this');
  await page.getByRole('button', { name: /^Show all/ }).click();
  await expect.poll(() => rows.count()).toBe(all);
  await page.getByRole('button', { name: 'Failures' }).click();
  await expect.poll(() => rows.count()).toBeLessThan(all);
});
