// Picking up a call and cancelling that, a panel that only shows the lot, a page that cannot pick up, and
// the link to a page about the caller.

import type { Page } from '@playwright/test';
import { violationsIn } from './axe.ts';
import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

const slots = [held(3, 'Anna', { mine: true }), held(4, 'Boris', { mine: true })];

async function open(page: Page, attributes: Record<string, string> = {}): Promise<Fake> {
  const fake = await Fake.open(page, attributes);
  await fake.show({ slots });
  await page.clock.runFor(1_000);
  return fake;
}

/** Lets our telephone ring for a pick-up until a person answers or cancels it. */
async function ringOnPickUp(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign(window.lot.park ?? {}, {
      pickUp: (slot: number, { signal }: { signal: AbortSignal }) => {
        window.control.commands.push(`pickUp ${slot}`);
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            window.control.commands.push('stopped');
            reject(signal.reason as Error);
          }),
        );
      },
    });
  });
}

/** The call that rings at our telephone for a pick-up, as two kinds of servers show it. */
const rings = [
  ['number', caller('Pick up 3: Anna', '3')],
  ['name', caller('Pick up 3: Anna', '900')],
] as const;

for (const [what, ring] of rings) {
  test(`a tile says that our telephone rings only when a call of this ${what} rings`, async ({
    page,
  }) => {
    const fake = await open(page);
    await ringOnPickUp(page);
    await fake.tile(3).focus();
    await page.keyboard.press('Enter');
    const asks = 'Asking the switch to ring your telephone…';
    const says = fake.tile(3).locator('.sentence');
    await expect(says).toHaveText(asks);
    await fake.show({ calls: [{ caller: caller('Boris', '+7 4'), state: 'ringing' }] });
    await expect(page.locator('valet-calls li').first()).toContainText('Boris');
    await expect(says).toHaveText(asks);
    // A second press says the same, and so does its message after the telephone has begun to ring.
    await page.keyboard.press('Enter');
    await expect(fake.toast).toContainText(asks);
    await fake.show({ calls: [{ caller: ring, state: 'ringing' }] });
    const sentence = 'Your telephone rings: answer it';
    await expect(says).toHaveText(sentence);
    await expect(fake.toast).toContainText(sentence);
    await expect(fake.tile(3)).toHaveAccessibleName(new RegExp(`, ${sentence}`));
    await expect(page.locator('valet-calls li').first()).toContainText('Pick up 3: Anna');
    expect(await violationsIn(page)).toEqual([]);
  });
}

for (const [how, cancel] of [
  ['Cancel', (page: Page) => page.getByRole('button', { name: 'Cancel' }).click()],
  ['Escape on the tile', (page: Page) => page.keyboard.press('Escape')],
] as const) {
  test(`${how} stops our telephone, and the call still waits`, async ({ page }) => {
    const fake = await open(page);
    await ringOnPickUp(page);
    await fake.tile(3).focus();
    await page.keyboard.press('Enter');
    const sentence = 'Asking the switch to ring your telephone…';
    await expect(fake.tile(3).getByRole('button', { name: sentence })).toBeVisible();
    await expect(fake.tile(3)).toHaveAccessibleName(new RegExp(`, ${sentence}`));
    await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(1);
    expect(await violationsIn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(fake.status).toHaveText(sentence);
    await cancel(page);
    await expect(fake.status).toHaveText('Cancelled: Anna still waits in slot 3');
    expect(await fake.commands()).toEqual(['pickUp 3', 'stopped']);
    await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
    await expect(fake.tile(3).getByRole('button', { name: 'Pick up Anna, slot 3' })).toBeVisible();
    await expect(fake.alert).toHaveText('');
  });
}

test('a pick-up that the page forbids does not start', async ({ page }) => {
  const fake = await open(page);
  await page.evaluate(() =>
    document.addEventListener('parking-before-pick-up', (event) => event.preventDefault()),
  );
  await page.getByRole('button', { name: 'Pick up Anna, slot 3' }).click();
  await expect(fake.status).toHaveText('This page does not allow it');
  expect(await fake.commands()).toEqual([]);
});

test('a panel that only shows the lot parks and takes no call', async ({ page }) => {
  const fake = await open(page, { 'look-only': '' });
  await fake.show({ calls: [{ caller: caller('Marie') }] });
  await page.clock.runFor(1_000);
  const board = page.getByRole('grid');
  await expect(board.getByRole('button', { name: /Pick up|Send|Park/ })).toHaveCount(0);
  for (const [slot, keys] of [
    [3, ['Enter', 'b', 'n']],
    [5, ['Enter', 'n', 'Shift+Digit5']],
  ] as const) {
    await fake.tile(slot).focus();
    for (const key of keys) {
      await page.keyboard.press(key);
      await expect(fake.status).toHaveText('This panel only shows the lot');
      await page.keyboard.press('c');
      await expect(fake.status).toContainText(`Slot ${slot}`);
    }
  }
  expect(new Set(await fake.commands())).toEqual(new Set(['inspect 3', 'inspect 5']));
  await expect(page.locator('valet-calls').getByRole('button')).toHaveCount(0);
  await page.keyboard.press('F9');
  await expect(fake.status).toHaveText('This panel only shows the lot');
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Check slot 5' })).toBeVisible();
  await page.keyboard.press('Escape');
  await fake.tile(3).focus();
  await page.keyboard.press('i');
  await expect(dialog.getByRole('button', { name: 'Marie' })).toHaveCount(0);
  await expect(dialog.getByRole('textbox')).toHaveCount(0);
});

test('a panel that only shows the lot answers no call', async ({ page }) => {
  const fake = await open(page, { 'look-only': '' });
  await page.evaluate(() => {
    window.lot.answer = () => void window.control.commands.push('answer');
  });
  await fake.show({ calls: [{ caller: caller('Marie'), state: 'ringing' }] });
  await fake.tile(5).focus();
  await page.keyboard.press('F2');
  await expect(fake.status).toHaveText('This panel only shows the lot');
  await expect(page.getByRole('button', { name: /Answer/ })).toHaveCount(0);
  expect(await fake.commands()).toEqual([]);
});

test('where nothing can pick up, a tile says how to reach its caller', async ({ page }) => {
  const fake = await open(page);
  await page.evaluate(() => {
    Object.assign(window.lot.park ?? {}, { canPickUp: false });
    window.control.show({});
  });
  const sentence = 'To reach this caller, take or make a call first, then press “Send to …”';
  const tile = fake.tile(3);
  await expect(tile.getByRole('button', { name: sentence })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Pick up/ })).toHaveCount(0);
  await tile.focus();
  await page.keyboard.press('Enter');
  await expect(fake.status).toHaveText(sentence);
  // The whole sentence is in sight, and the tile has its usual size.
  for (const width of [1440, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await page.clock.runFor(1_000);
    const isWhole = await tile
      .getByRole('button', { name: sentence })
      .evaluate(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight);
    expect(isWhole, `at ${width} px`).toBe(true);
  }
  await fake.show({ calls: [{ caller: caller('Marie') }] });
  await expect(tile.getByRole('button', { name: 'Send to Marie: Anna, slot 3' })).toBeVisible();
  expect(await fake.commands()).toEqual([]);
});

test('the name of a caller is a link to the page that the host names', async ({ page }) => {
  const fake = await open(page);
  await page.evaluate(() => {
    window.lot.callerHref = ({ name, number }) =>
      name === 'Anna' ? `/customers?phone=${encodeURIComponent(number ?? '')}` : null;
  });
  const link = page.getByRole('link');
  await expect(link).toHaveText('Anna');
  await expect(link).toHaveAttribute('href', '/customers?phone=%2B7%20495%20123-45-67');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', 'noopener');
  // Tab reaches the link from its tile, and no press on the link picks up the call.
  await fake.tile(3).focus();
  await page.keyboard.press('Tab');
  await expect(link).toBeFocused();
  await page.context().route('**/customers*', (route) => route.fulfill({ body: 'Anna' }));
  const opened = page.context().waitForEvent('page');
  await page.keyboard.press('Enter');
  await (await opened).close();
  expect(await fake.commands()).toEqual([]);
  expect(await violationsIn(page)).toEqual([]);
});
