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

/** Axe on two lessons as they are worked at, and on what opens over them; not only as they are found. */
function worked(): void {
  test('a bet settled, a question answered, a word and the search open: axe finds nothing', async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto('./#/learn/stampede');
    const bet = page.locator('#bet-herd-bet');
    await bet.getByRole('radio').first().check();
    await bet.getByRole('radio', { name: 'Certain' }).check();
    const figure = page.locator('#bet-herd-bet ~ * [data-testid="stage"]').first();
    await figure.scrollIntoViewIfNeeded();
    await expect(bet).toContainText('Measured', { timeout: 60_000 });
    const quiz = page.locator('[id^="quiz-"]').first();
    await quiz.getByRole('radio').or(quiz.getByRole('checkbox')).first().check();
    await quiz.getByRole('button').first().click();
    await expect(quiz).toContainText(/Right\.|No\./);
    await axeFindsNothing(page);
    const word = page.locator('article button[aria-describedby]').first();
    await word.focus();
    await expect(page.locator(`[id="${await word.getAttribute('aria-describedby')}"]`)).toBeVisible();
    await axeFindsNothing(page);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: /^Search/ })).toBeFocused();
    await page.keyboard.type('stampede');
    await expect(page.getByRole('option').first()).toBeVisible({ timeout: 30_000 });
    await axeFindsNothing(page);
  });

  test('three bets placed, a control turned too early and a goal reached: axe finds nothing', async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto('./#/learn/why-a-cache');
    for (const id of ['rush-bet', 'left-bet', 'old-bet'])
      await page.locator(`#bet-${id}`).getByRole('radio').first().check();
    const figure = page.locator('figure', { has: page.getByTestId('stage') }).last();
    await figure.scrollIntoViewIfNeeded();
    // The goal asks for half a minute without an old answer. Where each write deletes from the start, that has been when it begins.
    const aside = figure.getByRole('radio', { name: 'Cache-aside' });
    // It is checked once the run has turned with it.
    await aside.click();
    await expect(aside).toBeChecked();
    await figure.getByRole('button', { name: 'Start again' }).click();
    await expect(page.locator('[data-met="true"]').first()).toBeVisible({ timeout: 90_000 });
    await expect(page.locator('#bet-old-bet')).toContainText('Reset the figure and let it run');
    await axeFindsNothing(page);
  });
}

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

test('a figure starts again with its controls as they stand, and is reset to those of the lesson', async ({ page }) => {
  test.setTimeout(60_000);
  await page.goto('./#/learn/why-a-cache');
  await page.locator('#bet-old-bet').getByRole('radio').first().check();
  const figure = page.locator('figure', { has: page.getByTestId('stage') }).last();
  const life = figure.getByRole('slider', { name: 'Time to live' });
  await expect(life).toBeVisible({ timeout: 30_000 });
  const ofLesson = (await life.getAttribute('aria-valuetext')) ?? '';
  await life.focus();
  await page.keyboard.press('PageDown');
  await expect(life).not.toHaveAttribute('aria-valuetext', ofLesson);
  const turned = (await life.getAttribute('aria-valuetext')) ?? '';
  await figure.getByRole('button', { name: 'Start again' }).click();
  // From before the moment at which it was turned, so that it can only hold from the start.
  await figure.getByRole('button', { name: 'Pause' }).click();
  await expect(life).toHaveAttribute('aria-valuetext', turned);
  await figure.getByRole('button', { name: /^Reset/ }).click();
  await expect(life).toHaveAttribute('aria-valuetext', ofLesson);
});

test('two tabs of one browser add to each other', async ({ page, context }) => {
  test.setTimeout(60_000);
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto('./#/learn/why-a-cache');
    await expect(heading(tab, 'Why a cache')).toBeVisible();
  }
  const bet = (tab: Page, id: string) => tab.locator(`#bet-${id}`).getByRole('radio');
  await bet(page, 'rush-bet').first().check();
  await bet(other, 'old-bet').nth(1).check();
  // Each shows what the other was told, without a reload, and so does the list.
  await expect(bet(page, 'old-bet').nth(1)).toBeChecked();
  await expect(bet(other, 'rush-bet').first()).toBeChecked();
  await other.goto('./#/learn/stampede');
  await expect(heading(other, 'Stampede and its three cures')).toBeVisible();
  await page.goto('./#/learn');
  await expect(page.getByText(/^begun/)).toHaveCount(2);
  await page.goto('./#/learn/why-a-cache');
  await expect(bet(page, 'rush-bet').first()).toBeChecked();
  await expect(bet(page, 'old-bet').nth(1)).toBeChecked();
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
  // What is drawn pixel by pixel is shrunk to the paper and not cut off.
  await page.setViewportSize({ width: 680, height: 960 });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const figure = await page.locator('[data-figure]').first().boundingBox();
  expect(figure?.width).toBeLessThanOrEqual(661);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
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
      worked();
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
