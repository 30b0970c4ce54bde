import { expect, test } from '@playwright/test';

test('the first page opens from a sub-path without a single error', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));

  await page.goto('./');

  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(/Hotpath/);
  await page.waitForLoadState('networkidle');
  expect(problems).toEqual([]);
});

test('the first page asks no other host for anything', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(baseURL ?? '').origin) foreign.push(request.url());
  });

  await page.goto('./');

  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(foreign).toEqual([]);
});

test('the server answers 404 for what is not in the build, so a broken link cannot hide', async ({ request }) => {
  expect((await request.get('./')).status()).toBe(200);
  expect((await request.get('./assets/absent.js')).status()).toBe(404);
  expect((await request.get('/')).status()).toBe(404);
});
