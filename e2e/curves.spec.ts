import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';

const drawn = (page: Page) => page.getByTestId('curves').locator('g[data-policy] path');
const done = (page: Page) => page.getByText(/First curve after .* all after/);
const readout = (page: Page) => page.getByRole('table', { name: /With room for/ });

async function open(page: Page, query: string): Promise<void> {
  await page.goto(`./#/lab/curves?${query}`);
  await expect(done(page)).toBeVisible({ timeout: 60_000 });
}

test('on arrival the curves of a dozen policies grow by themselves', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('./#/lab/curves');
  await expect(done(page)).toBeVisible({ timeout: 90_000 });
  await expect(drawn(page)).toHaveCount(12);
  const ratios = await readout(page).locator('tbody td:nth-child(2)').allTextContents();
  // Nobody beats the one that knows the future; the table has the best first.
  await expect(readout(page).locator('tbody tr').first()).toContainText('Belady');
  expect(ratios).toHaveLength(12);
  await expect(page.getByRole('heading', { name: 'About this trace' })).toBeVisible();
});

test('the cursor goes from size to size by key, and the address keeps it', async ({ page }) => {
  await open(page, 'trace=zipf&n=20000&seed=3&p=lru,fifo');
  const slider = page.getByRole('slider', { name: 'Cache size' });
  await slider.focus();
  await slider.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', '1 entries');
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  await expect(readout(page)).toContainText('With room for 3');
  await expect(page).toHaveURL(/at=3/);
  const shown = await readout(page).innerText();
  await page.reload();
  await expect(done(page)).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => readout(page).innerText()).toBe(shown);
});

test('a policy is added and taken away, and the axis turned, without losing the others', async ({ page }) => {
  await open(page, 'trace=scan&n=20000&seed=1&p=lru');
  await expect(drawn(page)).toHaveCount(1);
  await page.getByRole('checkbox', { name: 'SIEVE' }).check();
  await expect(drawn(page)).toHaveCount(2);
  await page.getByRole('radio', { name: 'Linear' }).check();
  await expect(done(page)).toBeVisible();
  await page.getByRole('checkbox', { name: 'SIEVE' }).uncheck();
  await expect(drawn(page)).toHaveCount(1);
  await expect(page).toHaveURL(/p=lru&x=linear/);
});

test('one’s own file, gzipped, with a bad line, is read on this machine', async ({ page }) => {
  await open(page, 'trace=zipf&n=5000&seed=1&p=lru,fifo');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.getByRole('radio', { name: 'Your own' }).check();
  const lines = Array.from({ length: 3000 }, (_, index) => `key,${(index * 7) % 50}`);
  lines[0] = 'verb,id';
  lines[1500] = 'key';
  await page.getByLabel('Trace file').setInputFiles({
    name: 'mine.csv.gz',
    mimeType: 'application/gzip',
    buffer: gzipSync(`${lines.join('\n')}\n`),
  });
  await expect(page.getByText('mine.csv.gz')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/different keys/).first()).toBeVisible();
  await page.getByText('One bad line was passed over').click();
  await expect(page.getByRole('listitem').filter({ hasText: /^Line 1\s?501:/ })).toBeVisible();
  await expect(drawn(page)).toHaveCount(2);
  await expect(page).toHaveURL(/trace=own/);
  expect(requests.filter((url) => !url.startsWith('blob:') && !url.startsWith(new URL(page.url()).origin))).toEqual([]);
});

test('a file that is no trace is refused in words, and what was open stays', async ({ page }) => {
  await open(page, 'trace=zipf&n=5000&seed=1&p=lru');
  const shown = await readout(page).innerText();
  await page.getByRole('radio', { name: 'Your own' }).check();
  await page.getByLabel('Trace file').setInputFiles({
    name: 'photo.png',
    mimeType: 'image/png',
    buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]),
  });
  await expect(page.getByRole('alert')).toContainText('What was open before still is.');
  expect(await readout(page).innerText()).toBe(shown);
});

test('a gap between two curves leads to a few accesses in the microscope', async ({ page }) => {
  await open(page, 'trace=scan&n=50000&seed=1&p=lru,sieve&at=255');
  await page.getByRole('button', { name: /Look with room for/ }).click();
  const onward = page.getByRole('link', { name: /accesses in the microscope/ });
  await expect(onward).toBeVisible({ timeout: 30_000 });
  const said = await onward.locator('..').innerText();
  const [, more, fewer] = /: (\d+) hits against (\d+)/.exec(said) ?? [];
  await onward.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Microscope' })).toBeVisible();
  await page.keyboard.press('End');
  // What the curves page said of the small trace is what the microscope counts.
  await expect(page.getByTestId('panel-sieve')).toContainText(new RegExp(`${more} of \\d+ hits`));
  await expect(page.getByTestId('panel-lru')).toContainText(new RegExp(`${fewer} of \\d+ hits`));
});

test('the chart is taken along as numbers and as a drawing', async ({ page }) => {
  await open(page, 'trace=zipf&n=5000&seed=1&p=lru,fifo');
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  const rows = readFileSync(await csv.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(rows[0]).toBe('policy,size,hit_ratio,error');
  expect(rows.some((row) => row.startsWith('fifo,'))).toBe(true);
  const [svg] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'SVG' }).click()]);
  expect(readFileSync(await svg.path(), 'utf8')).toMatch(/^<svg.*stroke:\s?rgb/s);
  const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'PNG' }).click()]);
  expect(
    readFileSync(await png.path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
});

test('a link that cannot be used whole says what is wrong and shows the rest', async ({ page }) => {
  await page.goto('./#/lab/curves?trace=zipf&n=5000&seed=1&p=lru,arcc');
  await expect(page.getByRole('alert')).toContainText('did it mean arc?');
  await expect(drawn(page)).toHaveCount(1, { timeout: 20_000 });
});

test('another address entered while the page is open is opened', async ({ page }) => {
  await open(page, 'trace=zipf&n=5000&seed=1&p=lru');
  await page.evaluate(() => {
    location.hash = '#/lab/curves?trace=loop&n=5000&seed=1&p=lru,fifo,sieve';
  });
  await expect(drawn(page)).toHaveCount(3, { timeout: 20_000 });
  await expect(page.getByRole('combobox', { name: 'Law' })).toHaveValue('loop');
});
