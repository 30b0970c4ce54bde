import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { verifyResult } from '../src/host/drill/verifyResult.ts';
import { axeFindsNothing } from './axeFindsNothing.ts';

const stampede = './#/drill/homepage-stampede-11';
const words =
  'A thousand readers a second want the one page while it is built anew for eight tenths of a second. Each of them finds ' +
  'nothing in the cache, so each of them asks the database for the same row, which makes eight hundred reads. One load for ' +
  'all and the old page meanwhile end that, at the price of an old page for a while.';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name });

/** Every learner has a variant of the drill: the tests are one learner. */
async function open(page: Page, address: string): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('hotpath.learner', 'e2etest'));
  await page.goto(address);
  await expect(button(page, 'Begin')).toBeVisible({ timeout: 20_000 });
}

/** Goes to a control with the Tab key alone. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${control.toString()}`);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, button(page, name));
  await page.keyboard.press('Enter');
}

async function cleanFromTheTop(page: Page): Promise<void> {
  // What has scrolled under the bar at the top would count as covered.
  await page.evaluate(() => scrollTo(0, 0));
  await axeFindsNothing(page);
}

async function fixIt(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'Single-flight' }).check();
  const stale = page.getByRole('textbox', { name: 'Serve stale for, value' });
  await stale.fill('30s');
  await stale.press('Enter');
  await button(page, 'Run attempt 1 of 3').click();
  await button(page, /^Skip to 11/).click();
}

test('the stampede drill, alone and by keyboard, to its score sheet', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page, stampede);
  await press(page, 'Begin');
  await expect(heading(page, 'Brief')).toBeFocused();
  await press(page, 'I know what is asked');
  await expect(heading(page, 'Predict')).toBeFocused();
  await tabTo(page, page.getByLabel(/How many database reads/));
  await page.keyboard.type('1,000');
  await tabTo(page, page.getByRole('radio', { name: 'Unsure' }));
  await page.keyboard.press('ArrowDown');
  await press(page, 'Lock it in');
  await expect(page.getByText('Locked: 1')).toContainText('fairly sure');
  await expect(button(page, 'Go on: watch')).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(heading(page, 'Watch')).toBeFocused();
  await press(page, /^Run it, up to/);
  await press(page, /^Skip to 11/);
  const first = page.getByRole('radio', { name: 'The hit ratio' });
  await expect(first).toBeVisible({ timeout: 60_000 });
  await tabTo(page, first);
  await page.keyboard.press('Space');
  await press(page, 'Hand it in');
  await press(page, 'Go on: fix it');

  await expect(heading(page, 'Fix it')).toBeFocused();
  await tabTo(page, page.getByRole('switch', { name: 'Single-flight' }));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('textbox', { name: 'Serve stale for, value' }));
  await page.keyboard.type('30s');
  await press(page, 'Run attempt 1 of 3');
  await press(page, /^Skip to 11/);
  await expect(page.getByText('One more check is kept back until the score sheet.')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('listitem').filter({ hasText: /^✓ ?Holds/ })).toHaveCount(4);
  await press(page, 'Go on with my best attempt');

  await expect(heading(page, 'Explain')).toBeFocused();
  await tabTo(page, page.getByRole('textbox', { name: /Tell a colleague/ }));
  await page.keyboard.type('Too few words.');
  await press(page, 'Hand it in');
  await expect(page.getByRole('alert')).toContainText('more words');
  await tabTo(page, page.getByRole('textbox', { name: /Tell a colleague/ }));
  await page.keyboard.press('Control+A');
  await page.keyboard.type(words);
  await press(page, 'Hand it in');
  await expect(page.getByText('Self-scored.')).toBeVisible();
  for (const line of await page.getByRole('region', { name: 'Rubric' }).getByRole('group').all()) {
    await tabTo(page, line.getByRole('radio').first());
    await page.keyboard.press('Space');
  }
  await press(page, 'Go on: score sheet');

  await expect(heading(page, 'Score sheet')).toBeFocused();
  await press(page, 'Finish, and show what was hidden');
  const score = page.getByRole('region', { name: 'Score', exact: true });
  await expect(score).toContainText('Passed: 100 of 100');
  await expect(page.getByRole('heading', { name: 'What happened unseen' })).toBeVisible();
  await expect(page.getByText(/^8\d\d reads/)).toBeVisible();
  const [saved] = await Promise.all([page.waitForEvent('download'), button(page, 'JSON').click()]);
  const result = JSON.parse(readFileSync(await saved.path(), 'utf8'));
  expect(result).toMatchObject({
    hotpathResult: 1,
    mode: 'solo',
    status: 'completed',
    totals: { total: 100, pass: true },
  });
  expect(result.statements.length).toBeGreaterThan(5);
  const [sheet] = await Promise.all([page.waitForEvent('download'), button(page, 'Markdown').click()]);
  expect(readFileSync(await sheet.path(), 'utf8')).toContain('**100 of 100 points: passed**');

  await page.goto('./#/drills');
  await expect(page.getByRole('link', { name: /Homepage stampede/ })).toContainText('best 100 of 100, passed');
});

test('interviewer and candidate in two windows: live, in step, and nothing of the key on the candidate’s side', async ({
  context,
}) => {
  test.setTimeout(240_000);
  const candidate = await context.newPage();
  const fetched: string[] = [];
  const bodies: Promise<string>[] = [];
  candidate.on('response', (response) => {
    fetched.push(response.url());
    if (/\.js(\?|$)/.test(response.url())) bodies.push(response.text().catch(() => ''));
  });
  await open(candidate, `${stampede}?role=candidate&session=e2e`);
  const interviewer = await context.newPage();
  const fetchedByInterviewer: string[] = [];
  interviewer.on('request', (request) => fetchedByInterviewer.push(request.url()));
  await open(interviewer, `${stampede}?role=interviewer&session=e2e`);
  await expect(candidate.getByText('Here as well: interviewer.')).toBeVisible({ timeout: 15_000 });

  await button(candidate, 'Begin').click();
  await expect(interviewer.getByText('The candidate’s window is here.')).toBeVisible();
  await expect(interviewer.getByRole('heading', { name: 'Listen for' })).toBeVisible();
  await expect(candidate.getByRole('heading', { name: 'Listen for' })).toHaveCount(0);
  await button(candidate, 'I know what is asked').click();
  await candidate.getByLabel(/How many database reads/).fill('300');
  const desk = interviewer.getByRole('region', { name: 'Predict' });
  await expect(desk).toContainText('Writing: 300');
  await button(candidate, 'Lock it in').click();
  await expect(desk).toContainText('Locked: 300 reads');
  await expect(desk).toContainText(/Right: 8\d\d reads/, { timeout: 60_000 });
  await button(interviewer, '+1 minute').click();
  await expect(candidate.getByRole('timer')).toContainText('of 4:00');

  // The interviewer leads on; the candidate's window follows.
  await button(interviewer, 'On to: watch').click();
  await expect(heading(candidate, 'Watch')).toBeFocused();
  await button(interviewer, 'Skip to: fix it').click();
  await expect(heading(candidate, 'Fix it')).toBeVisible();
  await expect(interviewer.getByText('database takes 4 times as long for 15 s hidden')).toBeVisible();
  await fixIt(candidate);
  await expect(interviewer.getByText('hidden, is through')).toBeVisible({ timeout: 30_000 });
  // The fault that the candidate's window knew nothing of is in its run now, at its virtual time.
  await expect(candidate.getByText('11:00:38.000 Database 4× slower')).toBeVisible({ timeout: 30_000 });
  const checks = candidate.getByRole('region', { name: 'Checks of attempt 1' });
  await expect(checks.getByText('Holds')).toHaveCount(4, { timeout: 90_000 });
  await expect(checks).not.toContainText('11:00:38..11:01:00');

  // Windows that come late are given the whole log.
  const audience = await context.newPage();
  await audience.goto(`${stampede}?role=audience&session=e2e`);
  await expect(audience.getByText(/Attempt 1: Single-flight on/)).toBeVisible({ timeout: 20_000 });
  await expect(button(audience, /Run attempt|Finish|Skip to:|Pause|Hint/)).toHaveCount(0);
  await audience.close();
  await interviewer.reload();
  await expect(interviewer.getByText(/Attempt 1: Single-flight on.*40 points/)).toBeVisible({ timeout: 20_000 });

  await interviewer.getByRole('textbox', { name: 'A note' }).fill('Thinks in readers a second times seconds');
  await button(interviewer, 'Note it').click();
  await button(candidate, 'Go on with my best attempt').click();
  await candidate.getByRole('textbox', { name: /Tell a colleague/ }).fill(words);
  await expect(interviewer.getByRole('blockquote')).toContainText('eight hundred reads');
  await button(candidate, 'Hand it in').click();
  for (const line of await interviewer.getByRole('region', { name: 'Rubric' }).getByRole('group').all())
    await line.getByRole('radio').nth(1).check();
  await button(interviewer, 'On to: score sheet').click();
  await expect(candidate.getByText('Your interviewer has the sheet')).toBeVisible();
  await button(interviewer, 'Finish, and show what was hidden').click();
  await expect(interviewer.getByRole('region', { name: 'Score', exact: true })).toContainText('Scored by a person');
  const [saved] = await Promise.all([interviewer.waitForEvent('download'), button(interviewer, 'JSON').click()]);
  const result = JSON.parse(readFileSync(await saved.path(), 'utf8'));
  expect(result.mode).toBe('interviewer');
  expect(result.checks).toContainEqual(expect.objectContaining({ id: 'again', status: 'pass' }));
  expect(result.notes[0].text).toContain('times seconds');
  expect(result.rubric).toContainEqual(expect.objectContaining({ level: 3, by: 'interviewer' }));

  // What the candidate's window fetched names no key, and holds nothing of it.
  expect(fetched.filter((url) => /-11-key|drill-key/.test(url))).toEqual([]);
  expect(fetchedByInterviewer.filter((url) => url.includes('homepage-stampede-11-key'))).not.toEqual([]);
  const everything = (await Promise.all(bodies)).join('\n');
  expect(everything).toContain('You look after a news site.');
  for (const secret of ['old-page-meanwhile', 'slowdb', 'Multiplies readers a second', 'rows{op=database.read}'])
    expect(everything).not.toContain(secret);
});

test('a setting that is turned while an attempt runs acts from that moment on, and is judged so', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page, stampede);
  await button(page, 'Begin').click();
  await button(page, 'I know what is asked').click();
  await button(page, 'Go on without an answer').click();
  await button(page, /^Run it, up to/).click();
  await button(page, /^Skip to 11/).click();
  await button(page, 'Go on without an answer').click({ timeout: 60_000 });
  // A drill that stands still keeps its run where it opens, which leaves the time to slow it down.
  await button(page, 'Pause the drill').click();
  await button(page, 'Run attempt 1 of 3').click();
  await page.getByRole('combobox', { name: 'Speed', exact: true }).selectOption('1/4');
  await button(page, 'Go on with the drill').click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const clock = page.getByRole('region', { name: 'The run of attempt 1' }).getByText(/^10:59:5[89]\.[1-9]/);
  await expect(clock).toBeVisible({ timeout: 20_000 });
  await page.getByRole('switch', { name: 'Single-flight' }).check();
  const turned = page.getByRole('list', { name: 'Changed in this run' });
  await expect(turned.getByRole('listitem')).toHaveText(/^10:59:5[89](\.\d)? Single-flight on$/);

  // What stood in the run stands in it after a reload, and the change acts again at its moment.
  await page.reload();
  await expect(turned.getByRole('listitem')).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByRole('switch', { name: 'Single-flight' })).toBeChecked();
  await button(page, /^Skip to 11/).click();
  const checks = page.getByRole('region', { name: 'Checks of attempt 1' });
  await expect(checks.getByText('One more check is kept back')).toBeVisible({ timeout: 90_000 });
  await expect(checks.getByRole('listitem').filter({ hasText: 'max(node.rate' })).toContainText('Holds');

  // The next attempt starts with what stands there, unless it is put back; nothing set is a run that fails the same check.
  await button(page, 'Put all back').click();
  await button(page, 'Run attempt 2 of 3').click();
  await button(page, /^Skip to 11/).click();
  const second = page.getByRole('region', { name: 'Checks of attempt 2' });
  await expect(second.getByText('One more check is kept back')).toBeVisible({ timeout: 90_000 });
  await expect(second.getByRole('listitem').filter({ hasText: 'max(node.rate' })).toContainText('Fails');
  await expect(page.getByText(/Attempt 1: from 10:59:5[89](\.\d)? Single-flight on/)).toBeVisible();

  await button(page, 'Go on with my best attempt').click();
  await page.getByRole('textbox', { name: /Tell a colleague/ }).fill(words);
  await button(page, 'Hand it in').click();
  await button(page, 'Go on: score sheet').click();
  await button(page, 'Finish, and show what was hidden').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), button(page, 'JSON').click()]);
  const result = JSON.parse(readFileSync(await saved.path(), 'utf8'));
  expect(result.commands).toHaveLength(1);
  expect(result.commands[0]).toMatchObject({ attempt: 1, set: { 'protect.singleFlight': true } });
  expect(result.commands[0].us).toBeGreaterThan(19_000_000);
  expect(verifyResult(result).differences).toEqual([]);
});

test('a drill that was begun survives a reload, with what was being written', async ({ page }) => {
  await open(page, stampede);
  await button(page, 'Begin').click();
  await button(page, 'I know what is asked').click();
  await page.getByLabel(/How many database reads/).fill('123');
  await page.waitForTimeout(800);
  await page.reload();
  await expect(page.getByLabel(/How many database reads/)).toHaveValue('123', { timeout: 20_000 });
  await expect(page.getByRole('timer')).toContainText(/2:5\d left of 3:00/);
});

test('damaged data is set aside, and said', async ({ page }) => {
  await page.addInitScript(() =>
    localStorage.setItem('hotpath.drill.homepage-stampede-11', '{"version":1,"events":7}'),
  );
  await page.goto(stampede);
  await expect(page.getByRole('alert')).toContainText('is damaged, so it starts anew', { timeout: 20_000 });
  await expect(button(page, 'Begin')).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('hotpath.drill.homepage-stampede-11.aside'))).toContain(':7');
});

test('a limit that passes is said politely and takes nothing; one setting gives more time', async ({ page }) => {
  await page.clock.install();
  await open(page, stampede);
  await page.getByRole('radio', { name: '1.5×' }).check();
  await button(page, 'Begin').click();
  await button(page, 'I know what is asked').click();
  await page.getByLabel(/How many database reads/).fill('77');
  await page.clock.fastForward('04:00');
  await expect(page.getByRole('timer')).toContainText(/left of 4:30/);
  await page.clock.fastForward('01:00');
  await expect(page.getByRole('timer')).toContainText('over the limit of 4:30');
  await expect(page.getByLabel(/How many database reads/)).toHaveValue('77');
  await button(page, 'Lock it in').click();
  await expect(page.getByText('Locked: 77 reads')).toBeVisible();
});

test('a hint says what it costs before it is taken', async ({ page }) => {
  await page.clock.install();
  await open(page, stampede);
  await button(page, 'Begin').click();
  await button(page, 'I know what is asked').click();
  await button(page, 'Go on without an answer').click();
  await button(page, 'Go on without an answer')
    .or(button(page, /^Run it/))
    .first()
    .click();
  await button(page, /^Skip to 11/).click();
  await page.clock.runFor(30_000);
  await button(page, 'Go on without an answer').click({ timeout: 60_000 });
  await expect(button(page, 'Hint 1: free')).toBeDisabled();
  await page.clock.fastForward('02:10');
  await button(page, 'Hint 1: free').click();
  await expect(page.getByRole('region', { name: 'Hints' })).toContainText('count the reads of one key');
  await expect(button(page, 'Hint 2: costs 4 points')).toBeEnabled();
});

test('an address with a role that there is not, and a drill that there is not, are said', async ({ page }) => {
  await page.goto(`${stampede}?role=boss`);
  await expect(page.getByRole('alert')).toContainText('There is no role “boss”');
  await page.goto('./#/drill/no-such-drill');
  await expect(page.getByRole('alert')).toContainText('There is no drill called “no-such-drill”');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      test('axe finds nothing on any state of a drill', async ({ page, context }) => {
        test.setTimeout(240_000);
        await page.goto('./#/drills');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await cleanFromTheTop(page);
        await open(page, stampede);
        await cleanFromTheTop(page);
        await button(page, 'Begin').click();
        await cleanFromTheTop(page);
        await button(page, 'I know what is asked').click();
        await cleanFromTheTop(page);
        await page.getByLabel(/How many database reads/).fill('900');
        await button(page, 'Lock it in').click();
        await button(page, 'Go on: watch').click();
        await button(page, /^Run it, up to/).click();
        await button(page, /^Skip to 11/).click();
        await expect(page.getByRole('radio', { name: 'The hit ratio' })).toBeVisible({ timeout: 60_000 });
        await cleanFromTheTop(page);
        await button(page, 'Go on without an answer').click();
        await expect(page.getByTestId('stage')).toBeVisible({ timeout: 20_000 });
        await cleanFromTheTop(page);
        await fixIt(page);
        await expect(page.getByText('One more check is kept back')).toBeVisible({ timeout: 90_000 });
        await cleanFromTheTop(page);
        await button(page, 'Go on with my best attempt').click();
        await page.getByRole('textbox', { name: /Tell a colleague/ }).fill(words);
        await button(page, 'Hand it in').click();
        await cleanFromTheTop(page);
        await button(page, 'Go on: score sheet').click();
        await cleanFromTheTop(page);
        await button(page, 'Finish, and show what was hidden').click();
        await cleanFromTheTop(page);

        const interviewer = await context.newPage();
        await open(interviewer, `${stampede}?role=interviewer&session=axe-${colorScheme}-${width}`);
        await axeFindsNothing(interviewer);
        await button(interviewer, 'Begin').click();
        await button(interviewer, 'On to: predict').click();
        await axeFindsNothing(interviewer);
      });
    });
  }
}
