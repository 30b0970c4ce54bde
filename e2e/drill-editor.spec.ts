import { expect, type Page, test } from '@playwright/test';
import { axeFindsNothing } from './axeFindsNothing.ts';

function text(page: Page) {
  return page.getByRole('textbox', { name: 'Drill, as YAML' });
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name: 'Write a drill' })).toBeVisible();
  await expect(page.locator('.cm-content')).toBeVisible();
  await expect(page.getByText('No problems.')).toBeVisible();
}

test('a mistake is said with its place, and marked there; the last good drill stays', async ({ page }) => {
  await open(page, './#/drills/edit');
  await expect(page.getByRole('heading', { name: 'My drill' })).toBeVisible();
  await text(page).click();
  await page.keyboard.press('Control+Home');
  for (let line = 0; line < 2; line++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.type(' of mine\nlevle: junior');
  await page.keyboard.press('Escape');
  const problem = page.getByRole('button', { name: /levle.*did you mean level/ });
  await expect(problem).toBeVisible();
  await expect(problem).toContainText('4:1');
  await expect(page.locator('.cm-lint-marker-error')).toBeVisible();
  await expect(page.getByText('This is the last version without problems.')).toBeVisible();
  await problem.click();
  await expect(text(page)).toBeFocused();
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('heading', { name: 'My drill of mine' })).toBeVisible();
});

test('real names are offered: fields, settings, metrics and faults', async ({ page }) => {
  await open(page, './#/drills/edit');
  const options = page.locator('.cm-tooltip-autocomplete');
  await text(page).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.type('\nstr');
  await expect(options).toContainText('strict');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await page.keyboard.type('steady:\n- max(database.q', { delay: 20 });
  await expect(options).toContainText('database.qps');
});

test('the keyboard is never caught in the text', async ({ page }) => {
  await open(page, './#/drills/edit');
  await text(page).focus();
  await page.keyboard.press('Tab');
  await expect(text(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(text(page)).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(text(page)).toBeFocused();
});

test('a draft is kept, another text can be put in and taken back', async ({ page }) => {
  await open(page, './#/drills/edit');
  await text(page).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# mine\n');
  await page.reload();
  await expect(text(page)).toContainText('# mine');
  await page.getByLabel('Start from').selectOption('homepage-stampede-11');
  await expect(page.getByRole('heading', { name: 'Homepage stampede at 11:00' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(text(page)).toContainText('# mine');
});

test('a file is opened and saved', async ({ page }) => {
  await open(page, './#/drills/edit/first-cache');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('first-cache.drill.yaml');
  const file = await saved.path();
  await open(page, './#/drills/edit');
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(page.getByRole('heading', { name: 'First cache in front of a slow table' })).toBeVisible();
});

test('a link carries the whole drill and says its size; a broken one is refused in words', async ({ page }) => {
  await open(page, './#/drills/edit/first-cache');
  await page.getByRole('button', { name: 'Share as a link' }).click();
  await expect(page.getByText(/characters/)).toBeVisible();
  const link = await page.getByLabel('Link to this drill').inputValue();
  await page.goto('./#/');
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'First cache in front of a slow table' })).toBeVisible();
  await page.goto(link.slice(0, -20));
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('This link is broken');
});

test('hostile text is refused in words, and the page stays', async ({ page }) => {
  await open(page, './#/drills/edit');
  const bombs = [`drill: ${'['.repeat(5000)}`, 'a: &a [x]\nb: [*a, *a, *a]\n', '__proto__: { x: 1 }\n'];
  for (const bomb of bombs) {
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'x.yaml', mimeType: 'text/yaml', buffer: Buffer.from(bomb) });
    await expect(page.getByRole('region', { name: 'Problems' })).toContainText(/\d+ problems?/, { timeout: 5000 });
  }
  await expect(page.getByRole('heading', { name: 'My drill' })).toBeVisible();
});

test('on a phone, text and drill are tabs', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, './#/drills/edit');
  await expect(page.getByRole('button', { name: 'Begin' })).toBeHidden();
  await page.getByRole('tab', { name: 'Write' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Try it' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible();
  await expect(text(page)).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      test('axe finds nothing, with problems and without, and in the drill', async ({ page }) => {
        test.setTimeout(90_000);
        await open(page, './#/drills/edit');
        await axeFindsNothing(page);
        await page
          .locator('input[type="file"]')
          .setInputFiles({ name: 'x.yaml', mimeType: 'text/yaml', buffer: Buffer.from('drill: 2\n') });
        await expect(page.getByRole('region', { name: 'Problems' })).toContainText(/problems/);
        await axeFindsNothing(page);
        if (width === 320) {
          await page.getByRole('tab', { name: 'Try it' }).click();
          await axeFindsNothing(page);
        }
      });
    });
  }
}
