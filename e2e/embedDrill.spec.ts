import { expect, type FrameLocator, type Page, test } from '@playwright/test';
import { axeFindsNothing } from './axeFindsNothing.ts';
import { ask, type Embed, hostsForAll, told, watchErrors, watchRequests } from './embedHost.ts';

const hosts = hostsForAll();
const words =
  'A thousand readers a second want the one page while it is built anew for eight tenths of a second. Each of them finds ' +
  'nothing in the cache, so each of them asks the database for the same row, which makes eight hundred reads. One load for ' +
  'all and the old page meanwhile end that, at the price of an old page for a while.';
const stampede = { drill: 'homepage-stampede-11', seed: '1107', load: 'now', learner: 'person-7' };

/** Opens a host's page with the drill in its sandboxed frame. */
async function open(page: Page, more: Record<string, string> = {}): Promise<FrameLocator> {
  await page.goto(hosts.element({ ...stampede, ...more }));
  await page.evaluate(() => (document.querySelector('hotpath-embed') as Embed).ready);
  await expect(page.locator('hotpath-embed iframe')).toHaveAttribute('sandbox', /^allow-scripts (?!.*same-origin)/);
  return page.frameLocator('hotpath-embed iframe');
}

const press = (frame: FrameLocator, name: string | RegExp, timeout = 10_000) =>
  frame.getByRole('button', { name }).click({ timeout });

/** The state of the frame as it stands, from its top, breaks no rule and is not cut off. */
async function clean(page: Page, frame: FrameLocator): Promise<void> {
  const root = frame.locator('html');
  await root.evaluate(() => scrollTo(0, 0));
  await axeFindsNothing(page);
  expect(await root.evaluate((html) => html.scrollWidth - html.clientWidth)).toBeLessThanOrEqual(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      test('a drill is played in a sandboxed frame of another site, which hears how it goes; axe finds nothing', async ({
        page,
      }) => {
        test.setTimeout(240_000);
        const strange = watchRequests(page, hosts.url());
        const errors = watchErrors(page);
        const frame = await open(page, { results: 'xapi' });
        const [ready] = await told(page, 'ready');
        expect(ready).toMatchObject({ kind: 'drill', id: 'homepage-stampede-11', steps: 6 });
        expect(ready.capabilities).toMatchObject({
          commands: ['getState', 'goto', 'answer', 'hint', 'export', 'theme', 'focus', 'bye'],
        });
        await clean(page, frame);
        await press(frame, 'Begin');
        await clean(page, frame);
        await press(frame, 'I know what is asked');
        await frame.getByLabel(/How many database reads/).fill('900');
        await frame.getByRole('radio', { name: 'Unsure' }).check();
        await clean(page, frame);
        await press(frame, 'Lock it in');
        await press(frame, 'Go on: watch');
        await press(frame, /^Run it, up to/);
        await press(frame, /^Skip to 11/);
        await frame.getByRole('radio', { name: 'The hit ratio' }).check({ timeout: 60_000 });
        await clean(page, frame);
        await press(frame, 'Hand it in');
        await press(frame, 'Go on: fix it');
        await frame.getByRole('switch', { name: 'Single-flight' }).check();
        const stale = frame.getByRole('textbox', { name: 'Serve stale for, value' });
        await stale.fill('30s');
        await stale.press('Enter');
        await clean(page, frame);
        await press(frame, 'Run attempt 1 of 3');
        await press(frame, /^Skip to 11/);
        await expect(frame.getByText('One more check is kept back until the score sheet.')).toBeVisible({
          timeout: 90_000,
        });
        await clean(page, frame);
        expect((await told(page, 'check')).map(({ id, status }) => [id, status])).toEqual(
          ['peak', 'fast', 'fresh', 'honest'].map((id) => [id, 'pass']),
        );
        await press(frame, 'Go on with my best attempt');
        await frame.getByRole('textbox', { name: /Tell a colleague/ }).fill(words);
        await press(frame, 'Hand it in');
        for (const line of await frame.getByRole('region', { name: 'Rubric' }).getByRole('group').all())
          await line.getByRole('radio').first().check();
        await clean(page, frame);
        await press(frame, 'Go on: score sheet');
        await clean(page, frame);
        await press(frame, 'Finish, and show what was hidden');
        await expect(frame.getByRole('region', { name: 'Score', exact: true })).toContainText('Passed: 100 of 100');
        await clean(page, frame);

        expect(await told(page, 'step')).toEqual(
          ['brief', 'guess', 'watch', 'fix', 'why', 'sheet'].map((step, index) => ({ step, place: index + 1 })),
        );
        expect(await told(page, 'prediction')).toEqual([{ id: 'guess', value: 900, confidence: 'unsure' }]);
        expect((await told(page, 'answer')).map(({ id, value }) => [id, value])).toEqual([
          ['watch', 'a'],
          ['why', words],
        ]);
        // What was kept back is told with the sheet.
        const checks = await told(page, 'check');
        expect(checks).toHaveLength(5);
        expect(checks[4]).toMatchObject({ id: 'again', status: 'pass', points: 10, attempt: 1 });
        expect(checks.find(({ id }) => id === 'peak')).toMatchObject({ points: 20, step: 'fix' });
        expect((await told(page, 'score')).at(-1)).toMatchObject({ total: 100, max: 100 });
        const [result] = await told(page, 'result');
        expect(result).toMatchObject({
          hotpathResult: 1,
          status: 'completed',
          learner: 'person-7',
          totals: { total: 100, pass: true },
        });
        const statements = await told(page, 'xapi');
        expect(statements.length).toBe((result.statements as unknown[]).length);
        expect(statements.length).toBeGreaterThan(5);
        const verbs = statements.map(({ statement }) => (statement as { verb: { id: string } }).verb.id);
        expect(verbs.map((verb) => verb.split('/').at(-1))).toEqual(
          expect.arrayContaining(['answered', 'passed', 'completed']),
        );
        expect(await ask(page, 'answer', { id: 'why', value: words })).toMatchObject({ refused: 'finished' });
        expect(errors).toEqual([]);
        expect(strange).toEqual([]);
      });
    });
  }
}

test('what a page asks of a drill is done by the rules of the drill, or refused with a reason', async ({ page }) => {
  test.setTimeout(120_000);
  await page.clock.install();
  const frame = await open(page);
  expect(await ask(page, 'goto', { step: 'guess' })).toMatchObject({ refused: 'not-yet' });
  expect(await ask(page, 'hint', {})).toMatchObject({ refused: 'not-yet' });
  expect(await ask(page, 'play')).toMatchObject({ refused: 'not-here' });
  await press(frame, 'Begin');
  expect(await ask(page, 'goto', { step: 'brief' })).toEqual({ step: 'brief', place: 1 });
  expect(await ask(page, 'goto', { step: 'fix' })).toMatchObject({ refused: 'too-far' });
  expect(await ask(page, 'goto', { step: 'nowhere' })).toMatchObject({ refused: 'bad-step' });
  expect(await ask(page, 'hint', {})).toMatchObject({ refused: 'no-hint' });
  expect(await ask(page, 'goto', { step: 2 })).toEqual({ step: 'guess', place: 2 });
  await expect(frame.getByRole('heading', { level: 2, name: 'Predict' })).toBeVisible();
  expect(await ask(page, 'goto', { step: 1 })).toMatchObject({ refused: 'no-way-back' });

  await page.clock.runFor(1500);
  expect(await ask(page, 'answer', { id: 'watch', value: 'a' })).toMatchObject({ refused: 'bad-id' });
  expect(await ask(page, 'answer', { id: 'guess', value: 'many' })).toMatchObject({ refused: 'bad-answer' });
  expect(await ask(page, 'answer', { id: 'guess', value: ['900'] })).toMatchObject({ refused: 'bad-answer' });
  expect(await ask(page, 'answer', { id: 'guess', value: '1,000', confidence: 'fairly' })).toEqual({
    id: 'guess',
    value: 1000,
  });
  await expect(frame.getByText('Locked: 1')).toContainText('fairly sure');
  expect(await ask(page, 'answer', { id: 'guess', value: 2 })).toMatchObject({ refused: 'placed' });
  expect(await told(page, 'prediction')).toEqual([{ id: 'guess', value: 1000, confidence: 'fairly' }]);

  await page.clock.runFor(1500);
  expect(await ask(page, 'goto', { step: 'watch' })).toMatchObject({ place: 3 });
  expect(await ask(page, 'goto', { step: 'fix' })).toMatchObject({ refused: 'not-yet' });
  expect(await ask(page, 'answer', { id: 'watch', value: 'a' })).toMatchObject({ refused: 'not-yet' });
  await press(frame, /^Run it, up to/);
  await press(frame, /^Skip to 11/);
  await page.clock.runFor(30_000);
  await expect(frame.getByRole('radio', { name: 'The hit ratio' })).toBeVisible({ timeout: 60_000 });
  expect(await ask(page, 'answer', { id: 'watch', value: 'z' })).toMatchObject({ refused: 'bad-answer' });
  expect(await ask(page, 'answer', { id: 'watch', value: 'a' })).toEqual({ id: 'watch', value: 'a' });
  expect(await ask(page, 'goto', { step: 'fix' })).toMatchObject({ place: 4 });

  await page.clock.runFor(1500);
  expect(await ask(page, 'hint', { id: 'fix' })).toMatchObject({ refused: 'not-yet' });
  expect(await ask(page, 'answer', { id: 'fix', value: '{}' })).toMatchObject({ refused: 'bad-id' });
  await page.clock.fastForward('02:10');
  const first = await ask(page, 'hint', { id: 'fix' });
  expect(first).toMatchObject({ id: 'fix/1', cost: 0, next: { cost: 4 } });
  await expect(frame.getByRole('region', { name: 'Hints' })).toContainText(String(first.text));
  expect(await ask(page, 'hint')).toMatchObject({ id: 'fix/2', cost: 4, next: null });
  expect(await ask(page, 'hint')).toMatchObject({ refused: 'no-hint' });
  expect(await told(page, 'hint')).toEqual([
    { id: 'fix/1', cost: 0 },
    { id: 'fix/2', cost: 4 },
  ]);

  await page.clock.runFor(1500);
  expect(await ask(page, 'goto', { step: 'why' })).toMatchObject({ place: 5 });
  expect(await ask(page, 'answer', { id: 'why', value: 'Too few words.' })).toMatchObject({ refused: 'bad-answer' });
  expect(await ask(page, 'answer', { id: 'why', value: words })).toMatchObject({ id: 'why' });
  expect(await ask(page, 'goto', { step: 'sheet' })).toMatchObject({ place: 6 });
  expect(await ask(page, 'goto', { step: 7 })).toMatchObject({ refused: 'bad-step' });
  expect(await ask(page, 'export', { format: 'markdown' })).toMatchObject({ format: 'markdown' });
  // Statements were not asked for in the address.
  await press(frame, 'Finish, and show what was hidden');
  await page.clock.runFor(1000);
  expect(await told(page, 'result')).toHaveLength(1);
  expect(await told(page, 'xapi')).toEqual([]);
});
