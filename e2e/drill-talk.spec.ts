import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { readDrill } from '../src/drill/readDrill.ts';
import { splitDrill } from '../src/drill/splitDrill.ts';
import { talkDrill } from '../src/drill/talkDrill.ts';
import { axeFindsNothing } from './axeFindsNothing.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name });

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(button(page, 'Begin')).toBeVisible({ timeout: 20_000 });
}

async function cleanFromTheTop(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  await axeFindsNothing(page);
}

/** Serves another drill in the place of one of ours: a short one, with a talk and without runs. */
async function serveTalk(context: BrowserContext): Promise<string> {
  const read = readDrill(talkDrill, 'small-talk.drill.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  for (const [part, value] of Object.entries(splitDrill(read.drill)))
    await context.route(new RegExp(`first-cache-${part}-[^/]*\\.js$`), (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: `export default JSON.parse(${JSON.stringify(JSON.stringify(value))});`,
      }),
    );
  return './#/drill/first-cache';
}

test('a talk is led by the interviewer: words for both, what to listen for and the score for one', async ({
  context,
}) => {
  const address = await serveTalk(context);
  const [candidate, interviewer] = [await context.newPage(), await context.newPage()];
  await open(candidate, `${address}?role=candidate&session=talk`);
  await open(interviewer, `${address}?role=interviewer&session=talk`);
  await expect(candidate.getByText('Here as well: interviewer.')).toBeVisible({ timeout: 15_000 });
  await button(candidate, 'Begin').click();
  await button(candidate, 'I know what is asked').click();
  await button(candidate, 'requests: up').click();
  await button(candidate, 'Lock it in').click();
  await expect(interviewer.getByText(/Locked: .*requests/)).toBeVisible();
  await button(interviewer, 'On to: talk').click();
  await expect(heading(candidate, 'Talk')).toBeFocused();
  await expect(candidate.getByText('Your interviewer leads this part.')).toBeVisible();
  await expect(candidate.getByRole('region', { name: 'Rubric' })).toHaveCount(0);
  await expect(candidate.getByText('names a figure and a limit')).toHaveCount(0);
  await expect(interviewer.getByText('names a figure and a limit')).toBeVisible();
  await interviewer.getByRole('region', { name: 'Rubric' }).getByRole('radio').nth(1).check();
  await button(interviewer, 'On to: score sheet').click();
  await button(interviewer, 'Finish, and show what was hidden').click();
  await expect(interviewer.getByRole('region', { name: 'Score', exact: true })).toContainText('Scored by a person45');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 320]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test('axe finds nothing on what candidate and audience see, to the end', async ({ context }) => {
        test.setTimeout(120_000);
        const address = await serveTalk(context);
        const session = `axe-end-${colorScheme}-${width}`;
        const [candidate, audience] = [await context.newPage(), await context.newPage()];
        const interviewer = await context.newPage();
        await open(candidate, `${address}?role=candidate&session=${session}`);
        await audience.goto(`${address}?role=audience&session=${session}`);
        await expect(audience.getByText('has not begun')).toBeVisible({ timeout: 20_000 });
        await open(interviewer, `${address}?role=interviewer&session=${session}`);
        const both = async () => {
          for (const page of [candidate, audience]) await cleanFromTheTop(page);
        };
        await both();
        await button(candidate, 'Begin').click();
        await expect(heading(audience, 'Brief')).toBeVisible();
        await both();
        await button(candidate, 'I know what is asked').click();
        await expect(heading(audience, 'Predict')).toBeVisible();
        await both();
        await button(candidate, 'Lock it in').click();
        await button(interviewer, 'On to: talk').click();
        await expect(heading(audience, 'Talk')).toBeVisible();
        await both();
        await cleanFromTheTop(interviewer);
        await button(interviewer, 'On to: score sheet').click();
        await expect(heading(audience, 'Score sheet')).toBeVisible();
        await both();
        await cleanFromTheTop(interviewer);
        await button(interviewer, 'Finish, and show what was hidden').click();
        await expect(audience.getByText('The drill is over.')).toBeVisible();
        await both();
        await cleanFromTheTop(interviewer);
      });
    });
  }
}
