import { expect, type Page, test } from '@playwright/test';
import { axeFindsNothing } from './axeFindsNothing.ts';

const lab = './#/lab/microscope';

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`${lab}${query === '' ? '' : `?${query}`}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Microscope' })).toBeVisible();
}

const panel = (page: Page, policy: string) => page.getByTestId(`panel-${policy}`);
const where = (page: Page) => page.getByTestId('where');
const field = (page: Page) => page.getByRole('textbox', { name: 'Sequence of accesses' });

test('the laboratory leads to the microscope, which opens with an example', async ({ page }) => {
  await page.goto('./#/lab');
  await page
    .getByRole('navigation', { name: 'Rooms of the laboratory' })
    .getByRole('link', { name: /Microscope/ })
    .click();
  await expect(page).toHaveURL(/#\/lab\/microscope/);
  await expect(page.getByRole('combobox', { name: 'Example' })).toHaveValue('scan-poisons-lru');
  await expect(where(page)).toHaveText('Before the first access');
  await expect(page.getByRole('article')).toHaveCount(3);
});

test('each access is stepped forwards and backwards by key, and explained', async ({ page }) => {
  await open(page, 'q=ABCADB&c=3&p=lru');
  const lru = panel(page, 'lru');
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  await expect(where(page)).toHaveText(/Access 5 of 6\s*D/);
  await expect(lru).toContainText('B was used longest ago (3 accesses ago), so B goes.');
  await expect(lru).toContainText('1 of 5 hits');
  await expect(lru.getByRole('region', { name: 'LRU list' }).getByRole('listitem')).toHaveText([/^D/, /^A/, /^C/]);
  await page.keyboard.press('ArrowLeft');
  await expect(lru).toContainText('A hits and moves to the front');
  await expect(lru.getByRole('region', { name: 'LRU list' }).getByRole('listitem')).toHaveText([/^A/, /^C/, /^B/]);
  await page.keyboard.press('End');
  await expect(where(page)).toContainText('Access 6 of 6');
  await page.keyboard.press('Home');
  await expect(where(page)).toHaveText('Before the first access');
  await page.locator('[data-access="3"]').click();
  await expect(where(page)).toContainText('Access 4 of 6');
});

test('it plays to the end by itself', async ({ page }) => {
  await open(page, 'q=ABCA&c=3&p=fifo');
  await page.getByRole('combobox', { name: 'Accesses a second' }).selectOption('4');
  await page.keyboard.press(' ');
  await expect(where(page)).toContainText('Access 4 of 4', { timeout: 5000 });
  await expect(page.getByRole('button', { name: /^Play again/ })).toBeVisible();
});

test('a sequence is typed, what is wrong in it is pointed at, and undo takes it back', async ({ page }) => {
  await open(page, 'q=ABC&c=4&p=lru');
  await field(page).fill('(A B)x3 C-E');
  await expect(page.getByTestId('counts')).toHaveText('9 accesses, 5 keys');
  await field(page).fill('A B (C D');
  await expect(page.getByText('This bracket is never closed.', { exact: false })).toBeVisible();
  await expect(page.getByTestId('counts')).toHaveText('4 accesses, 4 keys');
  await field(page).fill('');
  await expect(page.getByText('No access yet, so nothing to see.', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(field(page)).toHaveValue('ABC');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(field(page)).toHaveValue('');
});

test('the anomaly of Belady: a slot more, a hit less', async ({ page }) => {
  await open(page);
  await page.getByRole('combobox', { name: 'Example' }).selectOption('belady-anomaly');
  await page.keyboard.press('Escape');
  await page.getByRole('slider', { name: 'Access' }).press('End');
  await expect(panel(page, 'fifo')).toContainText('3 of 12 hits');
  await page.getByRole('button', { name: 'One slot more' }).click();
  await expect(panel(page, 'fifo')).toContainText('2 of 12 hits');
});

test('policies stand side by side, and where they part is found', async ({ page }) => {
  await open(page, 'q=ABCADA&c=3&p=lru');
  await page.getByRole('combobox', { name: /Set another policy/ }).selectOption('fifo');
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.getByRole('button', { name: 'First difference: 5' }).click();
  await expect(panel(page, 'fifo')).toContainText('Here the policies part for the first time.');
  await expect(panel(page, 'fifo')).toContainText('A came in first, so A goes');
  await expect(panel(page, 'lru')).toContainText('so B goes');
  await page.getByRole('button', { name: 'Remove FIFO' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('a link restores what was seen', async ({ page, context }) => {
  await open(page, 'q=ABC&c=4&p=lru');
  await field(page).fill('(AB)x2, C-F A+B');
  await page.getByRole('combobox', { name: /Set another policy/ }).selectOption('clock');
  await page.getByRole('slider', { name: 'Access' }).press('PageUp');
  await expect(page).toHaveURL(/at=9/);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(field(other)).toHaveValue('(AB)x2, C-F A+B');
  await expect(where(other)).toHaveText((await where(page).textContent()) ?? '');
  for (const policy of ['lru', 'clock']) {
    expect(await panel(other, policy).innerText()).toBe(await panel(page, policy).innerText());
  }
});

test('a bad link says what is wrong and keeps what it can', async ({ page }) => {
  await open(page, 'q=ABCABC&c=99&p=lru,lrv&at=4');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('capacity is “99”');
  await expect(alert).toContainText('“lrv”, which there is not; did it mean lru');
  await expect(where(page)).toContainText('Access 4 of 6');
  await expect(panel(page, 'lru')).toContainText('1 of 4 hits');
  await page.getByRole('button', { name: 'One slot less' }).click();
  await expect(alert).toHaveCount(0);
});

test('predictions are made by key, judged with the reason, counted and summed up', async ({ page }) => {
  await open(page, 'q=ABCADB&c=3&p=lru&mode=predict');
  const bet = page.getByRole('region', { name: 'Your prediction' });
  // What has not been predicted is not shown.
  await page.keyboard.press('ArrowRight');
  await expect(where(page)).toHaveText('Before the first access');
  for (const keys of ['m-', 'm-', 'm-', 'h']) await page.keyboard.type(keys);
  await expect(page.getByTestId('streak')).toHaveText('4 of 4 right · 4 in a row');
  await page.keyboard.type('m');
  await expect(bet).toContainText('Who goes for it?');
  await page.keyboard.type('a');
  await expect(page.getByTestId('verdict')).toContainText('Not so. You said miss, and A goes.');
  await expect(page.getByTestId('verdict')).toContainText('so B goes.');
  await expect(page.getByTestId('streak')).toHaveText('4 of 5 right · 0 in a row');
  await bet.getByRole('button', { name: /^Miss/ }).click();
  await panel(page, 'lru').getByRole('button', { name: 'C goes' }).click();
  await expect(page.getByTestId('reckoning')).toContainText('5 of 6 right, at most 4 in a row.');
  await page.getByTestId('reckoning').getByRole('button', { name: '5: D' }).click();
  await expect(where(page)).toContainText('Access 5 of 6');
});

test('a sequence is made from a seed, the same each time', async ({ page }) => {
  await open(page, 'q=ABC&c=4&p=lru');
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  const first = await field(page).inputValue();
  await expect(page.getByTestId('counts')).toContainText('40 accesses');
  await page.getByRole('button', { name: 'Another' }).click();
  await expect(field(page)).not.toHaveValue(first);
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('1');
  await expect(field(page)).toHaveValue(first);
});

test('entries glide, but not under reduced motion', async ({ page }) => {
  // Counted as they begin: on a busy machine one may be over before anybody looks.
  await page.addInitScript(() => {
    const animate = Reflect.get(Element.prototype, 'animate');
    Element.prototype.animate = function (...how) {
      document.documentElement.dataset.glides = String(Number(document.documentElement.dataset.glides ?? 0) + 1);
      return animate.apply(this, how);
    };
  });
  const glides = () => page.evaluate(() => Number(document.documentElement.dataset.glides ?? 0));
  await open(page, 'q=ABCADB&c=3&p=lru&at=4');
  // What is not drawn yet has nowhere to come from.
  await expect(panel(page, 'lru').locator('[data-glide]').first()).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect.poll(glides).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const before = await glides();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/at=6/);
  await page.waitForTimeout(300);
  expect(await glides()).toBe(before);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test(`${colorScheme}, ${width} px: axe finds nothing, nothing is cut off sideways`, async ({ page }) => {
      test.setTimeout(60_000);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      for (const address of [
        './#/lab',
        `${lab}?q=(ABC)x3%201-5%20(ABC)x2&c=6&p=arc,clock,w-tinylfu,redis-allkeys-lru&at=16`,
        `${lab}?q=ABCADB&c=3&p=lirs,lfu,s3-fifo&mode=predict`,
        `${lab}?q=&c=99&p=nope`,
      ]) {
        await page.goto('about:blank');
        await page.goto(address);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await page.waitForTimeout(500);
        await axeFindsNothing(page);
      }
    });
  }
}
