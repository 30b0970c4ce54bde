/** The course as somebody reads it who has only a keyboard; what is kept of it; the search; and every lesson under axe. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { axeFindsNothing } from './axeFindsNothing.ts';

const folder = new URL('../content/lessons/', import.meta.url);
const inFolder = (url: URL) =>
  readdirSync(url)
    .filter((name) => /^\d\d-/.test(name))
    .sort();
/** Slug and title of every lesson, in order. */
const lessons = inFolder(folder).flatMap((part) =>
  inFolder(new URL(`${part}/`, folder)).map((name) => {
    const text = readFileSync(new URL(`${part}/${name}/index.mdx`, folder), 'utf8');
    return { slug: name.slice(3), title: /^title: (.+)$/m.exec(text)?.[1].replaceAll(/^["']|["']$/g, '') ?? '' };
  }),
);
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

/** Presses Tab until the focus is on what is wanted. */
async function tabTo(page: Page, selector: string, most = 120): Promise<void> {
  for (let tabs = 0; tabs < most; tabs++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} was not reached by Tab`);
}

test('from Home through all lessons by keyboard alone, and every one is then in the list as begun', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('./');
  await tabTo(page, 'a[href="#/learn"]');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Learn')).toBeFocused();
  await tabTo(page, `a[href="#/learn/${lessons[0].slug}"]`);
  await page.keyboard.press('Enter');
  for (const { title } of lessons) {
    await expect(heading(page, title)).toBeFocused();
    await page.keyboard.press('n');
  }
  await expect(page).toHaveURL(/#\/play/);
  await page.goBack();
  await expect(heading(page, lessons[lessons.length - 1].title)).toBeVisible();
  await page.keyboard.press('p');
  await expect(heading(page, lessons[lessons.length - 2].title)).toBeVisible();
  await page.goto('./#/learn');
  await expect(page.getByText(/^(begun|done)/)).toHaveCount(lessons.length);
});

test('a bet by keyboard starts the run, is held against it, and is there after a reload', async ({ page }) => {
  test.setTimeout(150_000);
  await page.goto('./#/learn/why-a-cache');
  await expect(heading(page, 'Why a cache')).toBeVisible();
  await tabTo(page, '#bet-old-bet input');
  await page.keyboard.press('Space');
  await expect(page.locator('#bet-old-bet')).toContainText('How sure are you?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  const bet = page.locator('#bet-old-bet');
  await expect(bet.getByRole('radio', { name: 'Unsure' })).toBeChecked();
  // What comes after the bet is the figure that waited for it; it is paused while nobody looks, so the focus must get there.
  const pause = '#bet-old-bet ~ * [aria-label="Pause"], #bet-old-bet ~ * [aria-label="Play"]';
  await expect(page.locator(pause).first()).toBeVisible();
  await tabTo(page, pause);
  await expect(page.locator('figure:has(:focus)').last()).toBeInViewport();
  await expect(bet).toContainText('Measured:', { timeout: 120_000 });
  await expect(bet).toContainText('You were unsure.');
  await page.reload();
  await expect(page.locator('#bet-old-bet').getByRole('radio').first()).toBeChecked();
  await page.goto('./#/learn');
  await expect(page.getByRole('link', { name: /Go on where you left: Why a cache/ })).toBeVisible();
  await expect(page.getByText(/begun · \d of 1 bet right/)).toBeVisible();
});

test('a goal ticks itself from the run, and starts anew with it', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('./#/learn/stampede');
  const goals = page.getByRole('list', { name: 'Goals' });
  await expect(goals.getByText('not yet').first()).toBeVisible();
  // The figure of the goals is the last one that waits for a bet.
  await page.locator('#bet-stale-bet').getByRole('radio').first().check();
  const figure = page.locator('figure', { has: page.getByTestId('stage') }).last();
  await expect(goals).toBeVisible();
  await expect(figure.getByRole('button', { name: 'Start again' })).toBeVisible({ timeout: 30_000 });
  await figure.getByTestId('stage').scrollIntoViewIfNeeded();
  const met = page.locator('[data-met="true"]');
  await expect(met.first()).toBeVisible({ timeout: 90_000 });
  await figure.getByRole('button', { name: 'Start again' }).click();
  await expect(met).toHaveCount(0, { timeout: 2_000 });
});

test('a question says why, keeps the first answer, and both survive', async ({ page }) => {
  await page.goto('./#/learn/why-a-cache');
  const quiz = page.locator('[id^="quiz-"]').first();
  await tabTo(page, '[id^="quiz-"] input', 200);
  await page.keyboard.press('Space');
  await tabTo(page, '[id^="quiz-"] button', 5);
  await page.keyboard.press('Enter');
  await expect(quiz).toContainText(/Right\.|No\./);
  await page.reload();
  await expect(quiz.getByRole('radio', { checked: true })).toHaveCount(1);
});

test('progress can be taken along as a file and brought back; damaged progress is set aside and said', async ({
  page,
}) => {
  await page.goto('./#/learn/why-a-cache');
  await expect(heading(page, 'Why a cache')).toBeVisible();
  await page.goto('./#/learn');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const path = await (await saved).path();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ lessons: { 'why-a-cache': { state: 'begun' } } });
  await page.evaluate(() => localStorage.setItem('hotpath.progress', '{"hotpathProgress": 2, "less'));
  await page.reload();
  await expect(page.getByText(/could not be read: it is no JSON. It was set aside/)).toBeVisible();
  await expect(page.getByText(/^begun/)).toHaveCount(0);
  await page.getByLabel('File with progress').setInputFiles(path);
  await expect(page.locator('#main').getByText('Added what the file has.')).toBeVisible();
  await expect(page.getByText(/^begun/)).toHaveCount(1);
});

test('search opens by key from every page, finds, and goes there', async ({ page }) => {
  await page.goto('./#/model');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: /^Search/ });
  await expect(field).toBeFocused();
  await page.keyboard.type('stampede');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('group', { name: 'Lessons' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Words' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('why a cache');
  await expect(page.getByRole('option', { name: /^Why a cache/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Why a cache')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('xqzvw');
  await expect(page.getByText('Nothing has “xqzvw”')).toBeVisible();
});

test('a word says what it means on focus and on hover, and goes with Escape', async ({ page }) => {
  await page.goto('./#/learn/why-a-cache');
  const word = page.locator('article button[aria-describedby]').first();
  await word.focus();
  const meaning = page.locator(`[id="${await word.getAttribute('aria-describedby')}"]`);
  await expect(meaning).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(meaning).toBeHidden();
  await word.hover();
  await expect(meaning).toBeVisible();
});

test('on paper a lesson has its questions with room for answers and no buttons', async ({ page }) => {
  await page.goto('./#/learn/why-a-cache');
  await expect(heading(page, 'Why a cache')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print a handout' })).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await expect(page.getByText('Checked against')).toBeVisible();
  const room = await page
    .locator('[id^="bet-"]')
    .first()
    .evaluate((element) => getComputedStyle(element, '::after').content);
  expect(room).toContain('My bet, and why');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      for (const { slug, title } of [...lessons, { slug: '', title: 'Words' }]) {
        test(`${slug || 'glossary'}: axe finds nothing, nothing is cut off sideways`, async ({ page }) => {
          test.setTimeout(60_000);
          await page.goto(slug === '' ? './#/glossary' : `./#/learn/${slug}`);
          await expect(heading(page, title)).toBeVisible();
          await page.waitForTimeout(700);
          await axeFindsNothing(page);
        });
      }
    });
  }
}
