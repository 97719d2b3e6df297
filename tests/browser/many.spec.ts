// Large lots: the layout of 40 slots, and updates in a lot of 500 slots.

import { expect, test } from './fixture.ts';
import { watchChanges } from './many.page.mjs';

test('40 slots have as many columns as fit the width', async ({ page }) => {
  const { startSwitch } = await import('valet-park/server');
  const pbx = await startSwitch({ slots: 40 });
  await page.goto(`${pbx.url}/?extension=341`);
  const tiles = page.getByRole('gridcell');
  await expect(tiles).toHaveCount(40);
  const columns = async (): Promise<number> =>
    new Set(
      (await Promise.all((await tiles.all()).map((tile) => tile.boundingBox()))).map(
        (box) => box?.x,
      ),
    ).size;
  for (const [width, expected] of [
    [1280, 3],
    [1920, 5],
    [380, 2],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(columns).toBe(expected);
  }
  await pbx.close();
});

test('a change of one slot changes the DOM of its tile only', async ({ page, pbx }) => {
  await page.goto(`${pbx.url}/?extension=341`);
  const how = { tiles: 500, changes: 40, everyMs: 0, runs: false };
  const { tiles, here, elsewhere } = await page.evaluate(watchChanges, how);
  expect(tiles).toBe(500);
  expect(here).toBeGreaterThan(40);
  expect(elsewhere).toBe(0);
});
