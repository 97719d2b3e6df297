// The palette finds a slot, a caller or a command. Enter runs the entry, under the rules of the board.

import type { Locator, Page } from '@playwright/test';
import { violationsIn } from './axe.ts';
import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

/** Opens the page with a call and two waiting callers, and moves the focus to the board. */
async function open(page: Page): Promise<Fake> {
  const fake = await Fake.open(page);
  await fake.show({
    slots: [held(2, 'Anna Petrova', { mine: true }), held(6, 'Jörg Weiß', { parkedBy: '32494' })],
    calls: [{ caller: caller('Marie Duval') }, { caller: caller('Jo'), state: 'ringing' }],
  });
  await page.clock.runFor(1_000);
  await fake.tile(1).focus();
  return fake;
}

const field = (page: Page): Locator => page.getByRole('combobox', { name: /^Find a slot/ });

async function find(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await field(page).fill(query);
}

test('a waiting caller of ours is picked up at once, and the tile has the focus', async ({
  page,
}) => {
  const fake = await open(page);
  await find(page, 'petrova');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(() => fake.commands()).toEqual(['pickUp 2']);
  await expect(fake.tile(2)).toBeFocused();
});

test('a caller that a colleague has parked is asked about, as on the board', async ({ page }) => {
  const fake = await open(page);
  await find(page, 'weiß');
  await page.keyboard.press('Enter');
  await expect(fake.tile(6)).toBeFocused();
  expect(await fake.commands()).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => fake.commands()).toEqual(['pickUp 6']);
});

test('slots, calls and commands are found', async ({ page }) => {
  const fake = await open(page);
  await find(page, '4');
  await page.keyboard.press('Enter');
  await expect.poll(() => fake.commands()).toEqual(['park call-1 4']);
  await find(page, 'jo');
  await page.getByRole('option', { name: /^Jo/ }).last().click();
  await expect(page.getByRole('radio', { name: /^Jo/ })).toBeChecked();
  await find(page, 'history');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'History' })).toBeVisible();
});

test('it is an ARIA combobox', async ({ page }) => {
  await open(page);
  await find(page, '');
  const chosen = page.getByRole('option', { selected: true });
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(chosen).toHaveText(/Anna Petrova/);
  await page.keyboard.press('ArrowDown');
  await expect(chosen).toHaveText(/Jörg Weiß/);
  const id = await chosen.getAttribute('id');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', id ?? '');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  await expect(field(page)).toBeFocused();
  expect(await violationsIn(page)).toEqual([]);
  await field(page).fill('nobody of that name');
  await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('Nothing found');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('Enter just after the list has changed by itself does nothing', async ({ page }) => {
  const fake = await open(page);
  await find(page, '');
  await fake.stopClock(); // The list stays new however slow the test is.
  await fake.show({ slots: [held(1, 'Zoe', { mine: true })] });
  await page.clock.runFor(50);
  await expect(page.getByRole('option').first()).toHaveText(/Zoe/);
  await page.keyboard.press('Enter');
  expect(await fake.commands()).toEqual([]);
  await page.clock.runFor(1_000);
  await page.keyboard.press('Enter');
  await expect.poll(() => fake.commands()).toEqual(['pickUp 1']);
});

test('the key does nothing while another dialog is open, nor with another modifier', async ({
  page,
}) => {
  await open(page);
  for (const key of ['Meta+k', 'Control+Shift+k', 'Control+Alt+k']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.locator('valet-departures').getByRole('button', { name: 'History' }).click();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'History' })).toBeVisible();
});

test.describe('on a Mac', () => {
  test.use({ userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0)' });
  test('the key is Meta+K, because Control+K deletes text', async ({ page }) => {
    await open(page);
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('Meta+k');
    await expect(field(page)).toBeFocused();
  });
});

test('actions show their keys, and no row is cut at the end of the list', async ({ page }) => {
  await open(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.keyboard.press('Control+k');
  const row = (name: RegExp): Locator => page.getByRole('option', { name });
  await expect(row(/^Park$/).locator('kbd')).toHaveText('F9');
  await expect(row(/^Park$/)).toHaveAttribute('aria-keyshortcuts', 'F9');
  await expect(row(/^Slot 2/).locator('kbd')).toHaveText('2');
  await expect(row(/^History/).locator('kbd')).toHaveCount(0);
  const heights = await page.getByRole('listbox').evaluate((list) => ({
    list: list.clientHeight,
    row: list.querySelector('[role=option]')?.clientHeight ?? 0,
  }));
  expect(heights.list % heights.row).toBe(0);
});
