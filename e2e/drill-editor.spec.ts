import { expect, type Page, test } from '@playwright/test';
import { talkDrill } from '../src/drill/talkDrill.ts';
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

async function put(page: Page, yaml: string): Promise<void> {
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'x.drill.yaml', mimeType: 'text/yaml', buffer: Buffer.from(yaml) });
}

test('a drill is tried beside its text: an order by keyboard, a talk alone, a clock that a pause does not stop', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto('./#/drills/edit');
  await expect(page.locator('.cm-content')).toBeVisible();
  await put(page, talkDrill);
  const preview = page.getByRole('region', { name: 'Try it' });
  await page.clock.runFor(2000);
  await expect(preview.getByRole('heading', { name: 'A small talk' })).toBeVisible();
  await preview.getByRole('button', { name: 'Begin' }).click();
  await page.clock.runFor(10_000);
  await preview.getByRole('button', { name: 'Pause the drill' }).click();
  await expect(preview.getByText('This drill is strict: its clock runs on.')).toBeVisible();
  await page.clock.runFor(20_000);
  await expect(preview.getByRole('timer')).toContainText(/0:(29|30|31) left of 1:00/);
  await preview.getByRole('button', { name: 'Go on with the drill' }).click();
  await preview.getByRole('button', { name: 'I know what is asked' }).click();

  const lines = preview.getByRole('group', { name: /Put these in order/ }).getByRole('listitem');
  await expect(lines).toHaveCount(3);
  const up = preview.getByRole('button', { name: 'requests: up' });
  await up.focus();
  for (let presses = 0; presses < 2 && (await up.isEnabled()); presses++) {
    await page.keyboard.press('Enter');
    await page.clock.runFor(100);
  }
  await expect(lines.first()).toContainText('1. requests');
  // At the top there is no way up: the focus is on the way down.
  await expect(preview.getByRole('button', { name: 'requests: down' })).toBeFocused();
  const down = preview.getByRole('button', { name: 'database reads: down' });
  while (await down.isEnabled()) {
    await down.focus();
    await page.keyboard.press('Enter');
    await page.clock.runFor(100);
  }
  await preview.getByRole('button', { name: 'Lock it in' }).click();
  await expect(preview.getByText('Locked: requests › hits › database reads')).toBeVisible();
  await preview.getByRole('button', { name: 'Go on: talk' }).click();
  await expect(preview.getByText('say your answer aloud, then score yourself')).toBeVisible();
  await preview.getByRole('region', { name: 'Rubric' }).getByRole('radio').first().check();
  await preview.getByRole('button', { name: 'Go on: score sheet' }).click();
  await expect(async () => {
    await page.clock.runFor(500);
    await expect(preview.getByRole('region', { name: 'Score', exact: true })).toContainText('100 of 100', {
      timeout: 500,
    });
  }).toPass({ timeout: 20_000 });
});

test('its own tests are run beside the page, said one by one, and can be cancelled', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, './#/drills/edit/homepage-stampede-11');
  const tests = page.getByRole('region', { name: 'The drill’s own tests' });
  await tests.getByRole('button', { name: 'Run its own tests' }).click();
  await tests.getByRole('button', { name: 'Cancel the tests' }).click();
  await expect(tests.getByRole('button', { name: 'Run its own tests' })).toBeFocused();
  await expect(tests.getByRole('listitem')).toHaveCount(0);

  await put(page, talkDrill.replace('most: "== 40"', 'most: "== 39"'));
  await expect(page.getByRole('heading', { name: 'A small talk' })).toBeVisible();
  await tests.getByRole('button', { name: 'Run its own tests' }).click();
  await expect(tests.getByText('1 of 3 tests fails.')).toBeVisible({ timeout: 60_000 });
  const failing = tests.getByRole('listitem').filter({ hasText: 'Fails' });
  await expect(failing).toContainText('most: expected == 39, found 40 of 40 points');
  await put(page, talkDrill);
  await expect(tests.getByText('This was an earlier version of the text.')).toBeVisible();
  await tests.getByRole('button', { name: 'Run its own tests' }).click();
  await expect(tests.getByText('3 tests: all pass.')).toBeVisible({ timeout: 60_000 });
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
