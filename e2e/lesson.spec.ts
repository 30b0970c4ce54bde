import { expect, test } from '@playwright/test';

test('a lesson asks for a bet, runs, and holds the bet against what was measured', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('./#/learn/why-a-cache');
  await expect(page.getByRole('heading', { level: 1, name: 'Why a cache' })).toBeVisible();
  await expect(page.getByTestId('stage')).toHaveCount(1);
  const bet = page.locator('#bet-rush-bet');
  await bet.scrollIntoViewIfNeeded();
  await expect(bet).toContainText('Place your bet before it runs');
  await bet.getByRole('radio').last().check();
  await expect(page.getByTestId('stage')).toHaveCount(2);
  await page.getByTestId('stage').nth(1).scrollIntoViewIfNeeded();
  await expect(bet).toContainText('measured', { timeout: 90_000, ignoreCase: true });
});

test('the gallery finds a scenario by its words and opens it', async ({ page }) => {
  await page.goto('./#/gallery');
  await page.getByRole('searchbox').fill('stampede');
  await page.getByRole('link', { name: /The 11:00 stampede/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'The 11:00 stampede' })).toBeVisible();
  await expect(page.getByTestId('stage').first()).toContainText('Redis');
});

test('the model page says what is simulated and what is left out', async ({ page }) => {
  await page.goto('./#/model');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText(/left out/i).first()).toBeVisible();
});
