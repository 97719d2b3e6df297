// The dock, the lamps and the wall: their sizes, their accessibility, and the rules of the board.

import type { Page } from '@playwright/test';
import { violationsIn } from './axe.ts';
import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

const slots = [
  held(1, 'Anna Petrova', { mine: true, returnsAt: 8_000, parkedBy: '34414' }),
  held(4, 'Maximilian Schmidt-Rottluff', { parkedBy: '32494', forWhom: 'Dr Keller' }),
  held(6, 'محمد علي', { parkedBy: '32494', returnsAt: 43_000, confirmed: false }),
  { slot: 7, state: 'unknown', checkedAt: null },
] as const;

const busy = {
  slots,
  calls: [{ caller: caller('Marie Duval') }, { caller: caller('Jo'), state: 'ringing' }],
} as const;

async function open(page: Page, layout: string, more: Record<string, string> = {}) {
  await page.clock.install();
  await Fake.serve(page);
  await page.goto(`/fake/?${new URLSearchParams({ layout, ...more }).toString()}`);
  await page.waitForFunction(() => 'control' in window);
  await page.evaluate((shown) => window.control.show(shown as never), busy);
  await page.clock.runFor(1_000);
}

const commands = (page: Page) => page.evaluate(() => [...window.control.commands]);
const tile = (page: Page, slot: number) =>
  page
    .locator('valet-tile')
    .nth(slot - 1)
    .locator('.tile');

for (const [layout, highest] of [
  ['dock', 96],
  ['lamps', 48],
] as const) {
  for (const width of [1440, 480]) {
    test(`the ${layout} is at most ${highest} px high in ${width} px, and a question moves nothing`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 600 });
      for (const lang of ['en', 'ru']) {
        await open(page, layout, { lang });
        const box = () => page.locator('valet-lot').evaluate((lot) => lot.getBoundingClientRect());
        const places = () =>
          page.locator('valet-tile').evaluateAll((tiles) =>
            tiles.map((one) => {
              const { x, y, width, height } = one.getBoundingClientRect();
              return [x, y, width, height].map(Math.round).join(' ');
            }),
          );
        expect((await box()).height).toBeLessThanOrEqual(highest);
        const before = await places();
        await tile(page, 4).focus();
        await page.keyboard.press('Enter');
        await expect(tile(page, 4)).toHaveClass(/asking/);
        await tile(page, 1).scrollIntoViewIfNeeded();
        expect((await box()).height).toBeLessThanOrEqual(highest);
        await page.evaluate(() => window.control.show({ slots: [] }));
        await tile(page, 1).scrollIntoViewIfNeeded();
        const widths = (all: string[]) => all.map((each) => each.split(' ').slice(2).join());
        expect(widths(await places())).toEqual(widths(before));
        expect(new Set(widths(before)).size).toBe(1);
      }
    });
  }

  test(`a press in the ${layout} acts and asks as on the board`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 600 });
    await open(page, layout);
    await tile(page, 1).click();
    await expect.poll(() => commands(page)).toEqual(['pickUp 1']);
    await page.clock.runFor(1_000);
    await tile(page, 2).click();
    await expect.poll(() => commands(page)).toEqual(['pickUp 1', 'park call-1 2']);
    await page.clock.runFor(1_000);
    await tile(page, 4).click();
    await expect(tile(page, 4)).toHaveClass(/asking/);
    expect(await commands(page)).toHaveLength(2);
    await page.clock.runFor(1_000);
    await tile(page, 4).click();
    await expect.poll(() => commands(page)).toHaveLength(3);
    await tile(page, 4).focus();
    await page.keyboard.press('i');
    await expect(page.getByRole('dialog', { name: 'Slot 4' })).toBeVisible();
  });

  test(`a message lies beside the ${layout}`, async ({ page }) => {
    await open(page, layout);
    await page.evaluate(() => window.control.due([1, 10_000]));
    await page.clock.runFor(1_500);
    const isBeside = async (): Promise<boolean> => {
      const [lot, toast] = await Promise.all(
        ['valet-lot', 'valet-notices .toast'].map((each) => page.locator(each).boundingBox()),
      );
      if (lot == null || toast == null) return false;
      return toast.y + toast.height <= lot.y || toast.y >= lot.y + lot.height;
    };
    await expect.poll(isBeside).toBe(true);
  });
}

test('a question of a lamp is shown beside the lamps', async ({ page }) => {
  await open(page, 'lamps');
  await tile(page, 4).focus();
  await page.keyboard.press('Enter');
  const toast = page.locator('valet-notices .toast');
  await expect(toast).toContainText('Pick up Maximilian Schmidt-Rottluff');
  await page.keyboard.press('Escape');
  await expect(toast).toHaveCount(0);
});

for (const width of [1440, 768, 390]) {
  test(`a call that is back is in sight in the dock, in ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 600 });
    await open(page, 'dock');
    await page.evaluate(() => {
      window.lot.answer = () => {};
      const returnedFrom = { slot: 1, waitedMs: 180_000 };
      window.control.show({ calls: [{ state: 'ringing', returnedFrom }] });
    });
    const card = page.locator('valet-calls li.back');
    await expect(card).toBeInViewport({ ratio: 1 });
    await expect(card.getByRole('button', { name: /^Answer/ })).toBeInViewport({ ratio: 1 });
  });
}

test('the wall shows the waiting calls, the most urgent one first, and no controls', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await open(page, 'wall');
  const wall = page.locator('valet-wall');
  await expect(wall.getByRole('listitem')).toContainText([
    '1 Anna Petrova Yours',
    '6 محمد علي Parked by Sales',
    '4 Maximilian Schmidt-Rottluff For Dr Keller · Parked by Sales',
  ]);
  await expect(wall.getByRole('heading')).toHaveText('3 waiting');
  const times = await wall.locator('.clock').textContent();
  expect(times).toMatch(/^\d{1,2}:\d\d/);
  const name = await wall
    .locator('.name')
    .first()
    .evaluate((each) => getComputedStyle(each).fontSize);
  // At five metres a letter needs about 20 mm: 50 px on a screen of 50 inches.
  expect(parseFloat(name)).toBeGreaterThanOrEqual(50);
  await expect(page.locator('valet-board')).toHaveCount(0);
  await expect(page.locator('valet-wall .menu')).toHaveCSS('opacity', '0');
});

test('the menu of the wall appears with the focus and leads back to the board', async ({
  page,
}) => {
  await open(page, 'wall');
  await page.keyboard.press('Tab');
  await expect(page.locator('valet-wall .menu')).toHaveCSS('opacity', '1');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('dialog').getByLabel('Layout').selectOption('Board');
  await expect(page.locator('valet-board')).toBeAttached();
});

for (const layout of ['dock', 'lamps', 'wall']) {
  for (const [lang, theme] of [
    ['en', 'light'],
    ['ru', 'dark'],
  ] as const) {
    test(`axe finds nothing in the ${layout}, ${lang}, ${theme}`, async ({ page }) => {
      await open(page, layout, { lang, theme });
      expect(await violationsIn(page)).toEqual([]);
    });
  }
}

test('a call whose time ends while the panel is offline shows the sign of a return', async ({
  page,
}) => {
  const fake = await Fake.open(page, { layout: 'dock' });
  await fake.show({ slots: [held(3, 'Anna', { returnsAt: 20_000 })], sync: { state: 'offline' } });
  await page.clock.runFor(5_000);
  await expect(fake.tile(3).locator('.back')).toHaveCount(0);
  await page.clock.runFor(20_000);
  await expect(fake.tile(3).locator('.back .arrow')).toBeVisible();
});
