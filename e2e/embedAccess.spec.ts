import { expect, test } from '@playwright/test';
import { axeFindsNothing } from './axeFindsNothing.ts';
import { hotpath, watchErrors } from './embedHost.ts';

const embeds = [
  ['simulation', 'sim=home&load=now&panels=knobs,charts,sequence,waterfall,code'],
  ['comparison', 'sim=ttl-sweep&load=now'],
  ['locked simulation', 'sim=home&load=now&lock=1&links=0'],
  ['lesson', 'lesson=why-a-cache&load=now'],
  ['part of a lesson', 'lesson=why-a-cache&step=3&load=now'],
  ['waiting', 'sim=home&load=click'],
  ['nothing', 'theme=pink'],
] as const;

for (const theme of ['light', 'dark', 'contrast', 'projector'] as const) {
  // The two themes that a system chooses at both widths, the others at one.
  for (const width of theme === 'light' || theme === 'dark' ? [1280, 320] : [640]) {
    test.describe(`${theme}, ${width} px`, () => {
      test.use({ viewport: { width, height: 800 } });
      for (const [name, query] of embeds) {
        test(`${name}: axe finds nothing, nothing is cut off sideways`, async ({ page }) => {
          const errors = watchErrors(page);
          await page.goto(`${hotpath}embed.html?${query}${query.includes('theme') ? '' : `&theme=${theme}`}`);
          await expect(page.getByRole('main')).toBeVisible();
          await page.waitForTimeout(1200);
          await axeFindsNothing(page);
          expect(errors).toEqual([]);
        });
      }
    });
  }
}
