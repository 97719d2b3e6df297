// Notes of waiting calls, taking the last command back, and how long messages stay.

import type { Page } from '@playwright/test';
import { violationsIn } from './axe.ts';
import { Fake, caller, held } from './fake.ts';
import { expect, test } from './fixture.ts';
import { setHidden } from './visibility.ts';

/** Shows a call of ours in slot 2, and a call that can be parked. */
async function open(page: Page, attributes: Readonly<Record<string, string>> = {}): Promise<Fake> {
  const fake = await Fake.open(page, attributes);
  await fake.show({
    slots: [held(2, 'Boris', { mine: true, parkedBy: '34414' })],
    calls: [{ caller: caller('Grete'), uuid: 'grete' }],
  });
  await page.clock.runFor(1_000);
  return fake;
}

/** Parks the call in slot 6. */
async function park(fake: Fake): Promise<void> {
  await fake.tile(6).locator('.first').click();
  const mine = { mine: true, parkedBy: '34414' };
  await fake.show({ slots: [held(6, 'Grete', mine)], calls: [] });
  await expect(fake.toast).toContainText('Grete');
}

const whom = (page: Page) => page.locator('valet-notices input[name=for]');
const button = (fake: Fake, name: string) => fake.toast.getByRole('button', { name });

test('N writes a note for the call in the slot', async ({ page }) => {
  const fake = await open(page);
  await fake.tile(2).focus();
  await page.keyboard.press('n');
  await expect(whom(page)).toBeFocused();
  await page.keyboard.type('Petrov');
  await page.keyboard.press('Tab');
  await page.keyboard.type('has the file');
  await page.keyboard.press('Enter');
  await expect(fake.status).toHaveText('Noted for slot 2: for Petrov, “has the file”');
  await expect(fake.tile(2)).toContainText('for Petrov');
  await expect(fake.tile(2)).toContainText('has the file');
  await expect(fake.tile(2)).toBeFocused();

  await page.keyboard.press('n');
  await expect(whom(page)).toHaveValue('Petrov');
  await whom(page).fill('Nobody');
  await page.keyboard.press('Escape');
  await expect(whom(page)).toHaveCount(0);
  await expect(fake.tile(2)).toContainText('for Petrov');
  expect(await fake.commands()).toEqual(['annotate 2 {"note":"has the file","for":"Petrov"}']);
});

test('N on a free slot says that it is empty', async ({ page }) => {
  const fake = await open(page);
  await fake.tile(4).focus();
  await page.keyboard.press('n');
  await expect(fake.status).toHaveText('Slot 4 is empty');
});

test('a note can be written after a park, and the sentence to read aloud names the person', async ({
  page,
}) => {
  const fake = await open(page);
  await park(fake);
  await expect(whom(page)).not.toBeFocused();
  await whom(page).fill('Petrov');
  await page.keyboard.press('Enter');
  await expect(fake.toast).toContainText('Petrov: Grete, call on 6');
  await expect(fake.toast).toContainText('Noted for slot 6: for Petrov');
  await expect(whom(page)).toHaveCount(0);
  expect(await fake.commands()).toEqual([
    'park call-1 6',
    'annotate 6 {"note":null,"for":"Petrov"}',
  ]);
});

test('the message stays while a person writes a note', async ({ page }) => {
  const fake = await open(page);
  await fake.stopClock();
  await park(fake);
  await whom(page).focus();
  await page.clock.runFor(60_000);
  await expect(fake.toast).toContainText('Grete, call on 6');
  await fake.tile(4).focus();
  await page.clock.runFor(21_000);
  await expect(fake.toast).toHaveCount(0);
});

test('a note that is not stored stays in its fields', async ({ page }) => {
  const fake = await open(page);
  await fake.tile(2).focus();
  await page.keyboard.press('n');
  await whom(page).fill('Petrov');
  await fake.fail('server-error', 'failure');
  await page.keyboard.press('Enter');
  await expect(fake.alert).toContainText('The note for Boris was not saved');
  await expect(whom(page)).toHaveValue('Petrov');
  await fake.fail('');
  await whom(page).press('Enter');
  await expect(fake.status).toHaveText('Noted for slot 2: for Petrov');
  await expect(fake.alert).toHaveText('');
});

test('a note for a call that has left is not given to the next one', async ({ page }) => {
  const fake = await open(page);
  await fake.tile(2).focus();
  await page.keyboard.press('n');
  await whom(page).fill('Petrov');
  await fake.show({ slots: [held(2, 'Carla', { uuid: 'carla' })] });
  await page.keyboard.press('Enter');
  await expect(fake.status).toHaveText('Another call waits in slot 2 now. The note was not saved');
  expect(await fake.commands()).toEqual([]);
});

test('a server that keeps no notes is asked once', async ({ page }) => {
  const fake = await open(page);
  await fake.tile(2).focus();
  await page.keyboard.press('n');
  await whom(page).fill('Petrov');
  await fake.fail('no-notes');
  await page.keyboard.press('Enter');
  await expect(fake.alert).toContainText('this server keeps no notes');
  await expect(whom(page)).toHaveCount(0);
  await fake.fail('');
  await page.keyboard.press('Escape');
  await fake.tile(2).focus();
  await page.keyboard.press('n');
  await expect(fake.status).toHaveText('The note cannot be stored: this server keeps no notes');
});

test('the details change the note too', async ({ page }) => {
  const fake = await open(page);
  await fake.show({
    slots: [held(2, 'Boris', { mine: true, parkedBy: '34414', forWhom: 'Petrov', note: 'file' })],
  });
  await fake.tile(2).focus();
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'For whom' })).toHaveValue('Petrov');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('calls back at 5');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(fake.status).toHaveText('Noted for slot 2: for Petrov, “calls back at 5”');
  await expect(fake.tile(2)).toContainText('calls back at 5');
});

test('a panel that only shows the lot changes no note', async ({ page }) => {
  const fake = await open(page, { 'look-only': '' });
  await fake.show({ slots: [held(2, 'Boris', { forWhom: 'Petrov' })] });
  await fake.tile(2).focus();
  await page.keyboard.press('n');
  await expect(fake.status).toHaveText('This panel only shows the lot');
  await page.keyboard.press('i');
  await expect(page.getByRole('dialog')).toContainText('Petrov');
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveCount(0);
});

test('the list of departures shows for whom a call waited, and its note', async ({ page }) => {
  const fake = await open(page);
  const texts = { forWhom: 'Petrov', note: 'has the file' };
  await fake.show({
    departures: [{ slot: 1, caller: caller('Anna'), reason: 'abandoned', ...texts }],
  });
  await expect(page.locator('valet-departures li > span')).toHaveText(
    'Slot 1: Anna hung up · for Petrov · “has the file”',
  );
});

test('a park is taken back within ten seconds', async ({ page }) => {
  const fake = await open(page);
  await park(fake);
  await button(fake, 'Take back').click();
  await expect.poll(() => fake.commands()).toEqual(['park call-1 6', 'pickUp 6']);
  await expect(fake.status).toHaveText('You talk with Grete');
});

test('a park can be taken back until its message leaves', async ({ page }) => {
  const fake = await open(page);
  await fake.stopClock();
  await park(fake);
  await expect(button(fake, 'Take back')).toBeVisible();
  await whom(page).focus();
  await page.clock.runFor(60_000);
  await expect(button(fake, 'Take back')).toBeVisible();
  await fake.tile(4).focus();
  await page.clock.runFor(21_000);
  await expect(fake.toast).toHaveCount(0);
});

test('a panel that cannot pick up says how to reach a call that was parked by mistake', async ({
  page,
}) => {
  const fake = await open(page);
  await page.evaluate(() => Object.assign(window.lot.park ?? {}, { canPickUp: false }));
  await park(fake);
  await expect(button(fake, 'Take back')).toHaveCount(0);
  await expect(fake.toast).toContainText('To reach this caller, take or make a call first');
});

test('a call that was picked up is put back in its slot', async ({ page }) => {
  const fake = await open(page);
  await fake.show({ calls: [] });
  await fake.tile(2).locator('.first').click();
  await fake.show({
    slots: [{ slot: 2 }],
    calls: [{ caller: caller('Boris'), uuid: 'uuid-in-2' }],
  });
  await expect(fake.toast).toContainText('You talk with Boris');
  await button(fake, 'Put back').click();
  await expect.poll(() => fake.commands()).toEqual(['pickUp 2', 'park call-1 2']);
});

test('a caller who was sent to another call cannot be put back: the message says whom to ask', async ({
  page,
}) => {
  const fake = await open(page);
  await fake.tile(2).locator('.second').click();
  await fake.show({ slots: [{ slot: 2 }], calls: [] });
  await expect(fake.toast).toContainText('Boris and Grete are connected');
  await expect(fake.toast).toContainText(
    'This panel cannot put Boris back: ask Grete to park the call',
  );
  await expect(button(fake, 'Put back')).toHaveCount(0);
});

test('a status leaves after its time, but not while a person points at it or is away', async ({
  page,
}) => {
  const fake = await open(page);
  await fake.stopClock();
  const check = async (): Promise<void> => {
    await fake.tile(4).focus();
    await page.keyboard.press('c');
    await expect(fake.toast).toContainText('Slot 4 is free');
  };
  await check();
  await page.clock.runFor(5_000);
  await expect(fake.toast).toBeVisible();
  await page.clock.runFor(1_500);
  await expect(fake.toast).toHaveCount(0);

  await check();
  await fake.toast.hover();
  await page.clock.runFor(30_000);
  await expect(fake.toast).toBeVisible();
  await page.mouse.move(0, 0);
  await page.clock.runFor(6_500);
  await expect(fake.toast).toHaveCount(0);

  await check();
  await setHidden(page, true);
  await page.clock.runFor(30_000);
  await expect(fake.toast).toBeVisible();
  await setHidden(page, false);
  await page.clock.runFor(6_500);
  await expect(fake.toast).toHaveCount(0);
});

test('an error stays longer than a status, and then leaves', async ({ page }) => {
  const fake = await open(page);
  await fake.stopClock();
  await fake.fail('server-error', 'failure');
  await fake.tile(4).focus();
  await page.keyboard.press('c');
  await expect(fake.alert).toHaveText('Slot 4 was not checked. An error occurred in the switch');
  await page.clock.runFor(15_000);
  await expect(fake.toast).toBeVisible();
  await page.clock.runFor(10_000);
  await expect(fake.toast).toHaveCount(0);
});

/** The states of the message, each with the steps that lead to it. */
const states: Readonly<Record<string, (fake: Fake) => Promise<void>>> = {
  'a note by key': async (fake) => {
    await fake.tile(2).focus();
    await fake.page.keyboard.press('n');
    await expect(whom(fake.page)).toBeFocused();
  },
  'a parked call': park,
  'a bridge': async (fake) => {
    await fake.tile(2).locator('.second').click();
    await fake.show({ slots: [{ slot: 2 }], calls: [] });
  },
  'an error': async (fake) => {
    await fake.fail('server-error', 'failure');
    await fake.tile(4).focus();
    await fake.page.keyboard.press('c');
  },
  'a note in the details': async (fake) => {
    await fake.tile(2).focus();
    await fake.page.keyboard.press('i');
    await expect(fake.page.getByRole('dialog')).toBeVisible();
  },
  'two calls that are back': async (fake) => {
    await fake.page.evaluate(() => (window.lot.answer = () => {}));
    await fake.page.clock.runFor(2_000);
    const back = (slot: number) =>
      ({ state: 'ringing', returnedFrom: { slot, waitedMs: 9 } }) as const;
    await fake.show({
      calls: [
        { caller: caller('Anna'), ...back(1) },
        { caller: caller('Carla'), ...back(3) },
      ],
    });
    await fake.page.clock.runFor(1_100);
  },
};

for (const [state, prepare] of Object.entries(states)) {
  for (const [theme, lang] of [
    ['light', 'en'],
    ['dark', 'ru'],
  ] as const) {
    test(`${state}, ${theme}, ${lang}: axe finds no violation`, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const fake = await open(page, { theme, lang });
      await prepare(fake);
      if (!state.includes('details')) await expect(fake.toast).toBeVisible();
      expect(await violationsIn(page)).toEqual([]);
    });
  }
}
