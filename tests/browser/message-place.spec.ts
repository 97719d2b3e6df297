// The place of a message: it is low on a phone, and its button "Dismiss" stays where it is.

import type { Page } from '@playwright/test';
import type { ValetLot } from '../../www/element/lot.ts';
import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

test.use({ reducedMotion: 'reduce' });

const anna = held(1, 'Anna Petrova', { mine: true, parkedBy: '34414' });

/** Parks the call of Marie in slot 6. */
async function park(fake: Fake): Promise<void> {
  await fake.show({ slots: [anna], calls: [{ caller: caller('Marie Duval') }] });
  await fake.page.clock.runFor(1_000);
  await fake.page.evaluate(() => (window.lot as unknown as ValetLot).controller.park(6));
  await fake.show({ slots: [held(6, 'Marie Duval', { mine: true, parkedBy: '34414' })] });
  await expect(fake.toast.locator('.huge')).toBeVisible();
}

/** Returns the place of the button "Dismiss". */
async function dismissAt(page: Page): Promise<string> {
  const box = await page.locator('valet-notices .toast > .sign').boundingBox();
  return [box?.x, box?.y].map((each) => Math.round(each ?? -1)).join(' ');
}

for (const lang of ['en', 'ru', 'ar']) {
  test(`the message about a parked call is low on a phone: ${lang}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const fake = await Fake.open(page, { lang });
    await park(fake);
    const height = async () => (await fake.toast.boundingBox())?.height;
    await expect.poll(height).toBeLessThanOrEqual(125);
    // Both fields are wide enough for their names.
    const isCut = (input: HTMLInputElement) => input.scrollWidth > input.clientWidth;
    for (const field of await fake.toast.locator('input').all()) {
      expect(await field.evaluate(isCut)).toBe(false);
    }
    await fake.toast.locator('button.soft').last().click();
    await expect(fake.toast.locator('input')).toHaveCount(0);
  });

  for (const [width, layout] of [
    [390, 'board'],
    [1280, 'board'],
    [1280, 'dock'],
  ] as const) {
    test(`"Dismiss" stays in its place while a message grows: ${lang}, ${layout}, ${width} px`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 844 });
      const fake = await Fake.open(page, { lang, layout });
      await fake.show({ slots: [anna] });
      await page.evaluate(() => window.control.trouble('timed-out', 'failure'));
      await expect(fake.toast).toBeVisible();
      const before = await dismissAt(page);
      const height = async () => (await fake.toast.boundingBox())?.height ?? 0;
      const low = await height();
      await fake.due([1, 10_000]);
      await page.clock.runFor(1_500);
      await expect(fake.toast).toHaveClass(/alarm/);
      await expect.poll(() => dismissAt(page)).toBe(before);
      await park(fake);
      await expect.poll(height).toBeGreaterThan(low);
      await expect.poll(() => dismissAt(page)).toBe(before);
    });
  }
}
