import { expect, type Page, test } from '@playwright/test';
import { axeFindsNothing } from './axeFindsNothing.ts';

async function open(page: Page): Promise<void> {
  await page.goto('./#/review');
  await expect(page.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Add cards' })).toBeVisible();
}

async function addFromDrill(page: Page): Promise<void> {
  await page.getByText('From a drill', { exact: true }).click();
  await page.getByRole('button', { name: 'Add the cards of First cache in front of a slow table' }).click();
  await expect(page.getByText('4 cards due')).toBeVisible();
}

test('cards of a drill are asked, graded by key and button, and come back later', async ({ page }) => {
  await page.clock.setFixedTime(new Date('2026-03-02T09:00:00'));
  await open(page);
  await expect(page.getByRole('heading', { name: 'There are no cards yet' })).toBeVisible();
  await addFromDrill(page);
  await page.getByRole('button', { name: 'Show the answer' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Answer' })).toBeFocused();
  await expect(page.getByRole('button', { name: /Good back in 10 min/ })).toBeVisible();
  await page.keyboard.press('4');
  await expect(page.getByText('3 cards due')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show the answer' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('3');
  await expect(page.getByText('2 cards due')).toBeVisible();
  await page.getByRole('button', { name: 'Take the last answer back' }).click();
  await page.getByRole('button', { name: /^Easy/ }).click();
  for (let left = 2; left > 0; left--) {
    await expect(page.getByText(left === 1 ? '1 card due' : `${left} cards due`)).toBeVisible();
    await page.getByRole('button', { name: 'Show the answer' }).click();
    await page.keyboard.press('4');
  }
  await expect(page.getByRole('heading', { name: /Nothing due until Tuesday \d+ March/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: /Nothing due until/ })).toBeVisible();
  // Easy the first time is eight days.
  await page.clock.setFixedTime(new Date('2026-03-20T09:00:00'));
  await page.reload();
  await expect(page.getByText('4 cards due')).toBeVisible();
});

test('a card of one’s own, taken out again', async ({ page }) => {
  await open(page);
  await page.getByText('Of your own', { exact: true }).click();
  await page.getByLabel('Question').fill('What is a miss?');
  await page.getByLabel('Answer', { exact: true }).fill('A look-up that finds nothing.');
  await page.getByRole('button', { name: 'Add the card' }).click();
  await expect(page.getByRole('heading', { name: 'What is a miss?' })).toBeVisible();
  await page.getByText('All cards (1)').click();
  await page.getByRole('button', { name: 'Take out: What is a miss?' }).click();
  await expect(page.getByRole('heading', { name: 'There are no cards yet' })).toBeVisible();
});

test('the deck goes out as a file and comes in again', async ({ page, context }) => {
  await open(page);
  await addFromDrill(page);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  const file = await saved.path();
  await page.evaluate(() => localStorage.clear());
  const other = await context.newPage();
  await open(other);
  await expect(other.getByRole('heading', { name: 'There are no cards yet' })).toBeVisible();
  await other.locator('input[type="file"]').setInputFiles(file);
  await expect(other.getByText('4 new, 0 brought up to date.')).toBeVisible();
  await expect(other.getByText('4 cards due')).toBeVisible();
});

test('damaged cards are set aside, said, and can be had', async ({ page }) => {
  await page.addInitScript(() => {
    if (localStorage.getItem('hotpath.review.damaged') === null)
      localStorage.setItem('hotpath.review', '{"hotpathReview":1,"ca');
  });
  await open(page);
  await expect(page.getByRole('alert')).toContainText('Your saved cards could not be read.');
  await expect(page.getByRole('heading', { name: 'There are no cards yet' })).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('hotpath.review.damaged'))).toBe('{"hotpathReview":1,"ca');
  await page.getByRole('button', { name: 'Throw it away' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      test('axe finds nothing: empty, asked, answered, all cards', async ({ page }) => {
        test.setTimeout(90_000);
        await open(page);
        await axeFindsNothing(page);
        await addFromDrill(page);
        await page.getByText('Of your own', { exact: true }).click();
        await page.getByText('All cards (4)').click();
        await axeFindsNothing(page);
        await page.getByRole('button', { name: 'Show the answer' }).click();
        await axeFindsNothing(page);
      });
    });
  }
}
