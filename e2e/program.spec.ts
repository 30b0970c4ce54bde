import { expect, type Page, test } from '@playwright/test';

async function open(page: Page, scenario: string): Promise<void> {
  await page.goto(`./#/play/${scenario}`);
  await expect(page.getByTestId('stage').first()).toContainText('Redis');
  await expect.poll(() => page.getByTestId('clock').textContent()).not.toBe('');
}

test('a protection is switched on, does what it says, and stands in the code that is shown', async ({ page }) => {
  await open(page, 'cache-aside-basics');
  await page.getByText('Protections', { exact: true }).click();
  await page.getByRole('switch', { name: 'Single-flight' }).click();
  await expect(page.locator('[data-fact="wait"]')).toBeVisible();
  await expect(page.getByRole('region', { name: 'The code that runs' })).toContainText('function* singleFlight', {
    timeout: 15_000,
  });
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.locator('[data-fact="wait"]')).toHaveCount(0);
});

test('a combination that makes no sense is said to be one, with the remedy', async ({ page }) => {
  await open(page, 'cache-aside-basics');
  await page.getByText('Protections', { exact: true }).click();
  await page.getByRole('switch', { name: 'Single-flight' }).click();
  await page.getByText('Reads', { exact: true }).click();
  await page.getByRole('radio', { name: 'No cache' }).click();
  await expect(page.getByRole('list', { name: 'What makes no sense together' })).toContainText('never load');
  await page.getByRole('radio', { name: 'Cache-aside' }).first().click();
  await expect(page.getByRole('list', { name: 'What makes no sense together' })).toHaveCount(0);
});

test('after an act one sentence says what changed, from the numbers', async ({ page }) => {
  await open(page, 'home');
  const insight = page.getByLabel('What changed');
  await page.getByText('Reads', { exact: true }).click();
  await page.getByRole('radio', { name: 'No cache' }).click();
  await expect(insight).toHaveText(/(rose|fell) from .+ to .+\.$/, { timeout: 20_000 });
});

test('truth and what each server said of it', async ({ page }) => {
  await open(page, 'two-servers-going-stale');
  await page.getByRole('tab', { name: 'Staleness' }).click();
  const view = page.getByRole('region', { name: 'Truth and what readers saw' });
  await expect(view).toContainText(/answers for|Nobody read/, { timeout: 15_000 });
  await expect(view.getByRole('row')).toHaveCount(3);
});
