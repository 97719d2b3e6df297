// The search in the bar: Enter moves to what it has found.

import type { Page } from '@playwright/test';
import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

/** Opens a panel, moves the focus to the search with its key, and types. */
async function search(page: Page, query: string): Promise<Fake> {
  const fake = await Fake.open(page);
  await fake.show({
    slots: [
      held(2, 'Anna Petrova', { mine: true, returnsAt: 100_000 }),
      held(6, 'Anna Weiß', { mine: true, returnsAt: 50_000 }),
    ],
    calls: [{ caller: caller('Marie') }],
  });
  await page.clock.runFor(1_000);
  await fake.tile(1).focus();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type(query);
  await page.clock.runFor(1_000);
  return fake;
}

test('Enter moves to the one slot that is found, and Enter again runs its first action', async ({
  page,
}) => {
  const fake = await search(page, 'petrova');
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: /^Slot 2, Anna Petrova/ })).toBeFocused();
  expect(await fake.commands()).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => fake.commands()).toEqual(['pickUp 2']);
});

test('Enter moves to the most urgent of several slots', async ({ page }) => {
  await search(page, 'anna');
  await expect(page.getByRole('gridcell')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: /^Slot 6, Anna Weiß/ })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('gridcell', { name: /^Slot 2, Anna Petrova/ })).toBeFocused();
});

test('the tiles that are found stand side by side, and the search makes no new tiles', async ({
  page,
}) => {
  const tiles = page.locator('valet-tile');
  const place = (slot: number) => tiles.nth(slot - 1).boundingBox();
  await search(page, '');
  const [first, second] = [await place(1), await place(2)];
  await tiles.evaluateAll((all) => all.forEach((tile) => tile.setAttribute('data-old', '')));
  await page.keyboard.type('anna');
  await expect(page.getByRole('gridcell')).toHaveCount(2);
  expect(await place(2)).toEqual(first);
  expect(await place(6)).toEqual(second);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.keyboard.type(' pet');
  await page.clock.runFor(1_000);
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('gridcell')).toHaveCount(9);
  await expect(page.locator('valet-tile[data-old]')).toHaveCount(9);
});

test('Enter just after the last letter moves to what the whole text finds', async ({ page }) => {
  await search(page, 'anna');
  await page.getByRole('searchbox').evaluate((input: HTMLInputElement) => {
    const send = (event: Event) => input.dispatchEvent(event);
    input.value = 'anna petrova';
    send(new InputEvent('input', { bubbles: true, composed: true }));
    send(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
  });
  await expect(page.getByRole('gridcell', { name: /^Slot 2, Anna Petrova/ })).toBeFocused();
});

test('Enter stays in the search if it finds nothing, or is empty', async ({ page }) => {
  const fake = await search(page, 'nobody');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('searchbox').fill('');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('searchbox')).toBeFocused();
  expect(await fake.commands()).toEqual([]);
});
