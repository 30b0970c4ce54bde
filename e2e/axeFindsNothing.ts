import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Expects that no rule of accessibility is broken on the page as it stands, and that nothing is cut off sideways. */
export async function axeFindsNothing(page: Page): Promise<void> {
  // What is fading in has, on its way, a contrast that nobody reads.
  await page.evaluate(hasFadedIn);
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`,
  );
  expect(found).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Resolves when what is under way has ended; after 3 s at the latest, since on a running stage there is always something. */
async function hasFadedIn(): Promise<void> {
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  const late = new Promise((resolve) => setTimeout(resolve, 3000));
  await Promise.race([Promise.allSettled(ending.map(({ finished }) => finished)), late]);
}
