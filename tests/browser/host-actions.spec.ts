// The actions that a page provides for a waiting call: announcing it, and telling the person it is for.

import type { Locator, Page } from '@playwright/test';
import { violationsIn } from './axe.ts';
import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

/** Opens a panel with two waiting calls, on a page that can announce calls and send messages. */
async function open(page: Page, attributes: Record<string, string> = {}): Promise<Fake> {
  const fake = await Fake.open(page, attributes);
  await page.evaluate(() => {
    for (const name of ['announce', 'page'] as const) {
      window.lot[name] = ({ slot, forWhom }, { text }) => {
        window.control.commands.push(`${name} ${slot} ${forWhom ?? '-'}: ${text}`);
      };
    }
  });
  await fake.show({
    slots: [held(6, 'Anna', { forWhom: 'Petrov' }), held(7, 'Boris')],
    calls: [{ caller: caller('Marie') }],
  });
  await page.clock.runFor(1_000);
  return fake;
}

/** Opens the details of a slot. */
async function details(fake: Fake, slot: number): Promise<Locator> {
  const { page } = fake;
  await fake.tile(slot).focus();
  await page.keyboard.press('i');
  return page.getByRole('dialog', { name: `Slot ${slot}` });
}

test('the details announce a call, and say what was announced', async ({ page }) => {
  const fake = await open(page);
  const dialog = await details(fake, 6);
  await dialog.getByRole('button', { name: 'Announce' }).click();
  await expect(dialog).toBeHidden();
  expect(await fake.commands()).toEqual(['announce 6 Petrov: Petrov: Anna, call on 6']);
  await expect(fake.status).toHaveText('Announced: Petrov: Anna, call on 6');
});

test('the details page the person for whom a call waits, and ask for a name first', async ({
  page,
}) => {
  const fake = await open(page);
  await (await details(fake, 6)).getByRole('button', { name: 'Page Petrov' }).click();
  expect(await fake.commands()).toEqual(['page 6 Petrov: Slot 6: Anna is waiting for you']);
  await expect(fake.status).toHaveText('Sent to Petrov: Slot 6: Anna is waiting for you');

  const dialog = await details(fake, 7);
  const nobody = dialog.getByRole('button', { name: 'Page …' });
  await expect(nobody).toHaveAccessibleDescription('Note for whom the call waits first');
  await nobody.click({ force: true });
  await expect(dialog.getByRole('status')).toHaveText('Note for whom the call waits first');
  expect(await fake.commands()).toHaveLength(1);
  expect(await violationsIn(page)).toEqual([]);
});

test('the palette announces a call, and pages a person by name', async ({ page }) => {
  const fake = await open(page);
  await fake.tile(1).focus();
  for (const [query, entry, command] of [
    ['announce 7', 'Announce Boris, slot 7', 'announce 7 -: Boris, call on 7'],
    ['page petrov', 'Page Petrov: Anna, slot 6', 'page 6 Petrov: Slot 6: Anna is waiting for you'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(query);
    await expect(page.getByRole('option')).toHaveCount(1);
    await expect(page.getByRole('option')).toContainText(entry);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await fake.commands()).at(-1)).toBe(command);
  }
  // No message can be sent about a call that waits for no person.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('page boris');
  await expect(page.getByRole('option')).toHaveCount(0);
});

test('an error of the page is shown as the errors of the panel are', async ({ page }) => {
  const fake = await open(page);
  await page.evaluate(() => {
    window.lot.announce = () => Promise.reject(new Error('the paging system is off'));
    window.lot.page = () => {
      throw new Error('no such user');
    };
  });
  await (await details(fake, 6)).getByRole('button', { name: 'Announce' }).click();
  await expect(fake.alert).toHaveText(
    'Anna was not announced. Something went wrong: the paging system is off',
  );
  await expect(fake.toast).toContainText('Anna was not announced');
  await (await details(fake, 6)).getByRole('button', { name: 'Page Petrov' }).click();
  await expect(fake.alert).toHaveText(
    'The message about Anna was not sent. Something went wrong: no such user',
  );
});

test('an action runs once at a time, and never for another call', async ({ page }) => {
  const fake = await open(page);
  await page.evaluate(() => {
    window.lot.announce = ({ slot }, { signal }) => {
      window.control.commands.push(`announce ${slot}`);
      signal.addEventListener('abort', () => window.control.commands.push('aborted'));
      return new Promise(() => {});
    };
  });
  const press = async (): Promise<void> =>
    (await details(fake, 6)).getByRole('button', { name: 'Announce' }).click();
  await press();
  await press();
  await expect(fake.status).toHaveText('This is under way already');
  expect(await fake.commands()).toEqual(['announce 6']);

  const dialog = await details(fake, 6);
  await page.clock.pauseAt(Date.now() + 10_000);
  await fake.show({ slots: [held(6, 'Carla', { uuid: 'uuid-of-carla', forWhom: 'Petrov' })] });
  await dialog.getByRole('button', { name: 'Page Petrov' }).click();
  await expect(dialog.getByRole('status')).toContainText('Slot 6 has just changed');
  expect(await fake.commands()).toEqual(['announce 6']);
  await page.evaluate(() => (window.lot.park = null));
  expect(await fake.commands()).toEqual(['announce 6', 'aborted']);
});

test('a page that provides no actions, and a panel that only shows the lot, offer none', async ({
  page,
}) => {
  const fake = await open(page, { 'look-only': '' });
  const actions = /^(Announce|Page)/;
  await expect((await details(fake, 6)).getByRole('button', { name: 'Close' })).toBeVisible();
  await expect(page.getByRole('button', { name: actions })).toHaveCount(0);
  await page.evaluate(() => {
    window.lot.lookOnly = false;
    window.lot.page = null;
  });
  await expect(page.getByRole('button', { name: actions })).toHaveText(['Announce']);
  await page.evaluate(() => (window.lot.announce = null));
  await expect(page.getByRole('button', { name: actions })).toHaveCount(0);
});

test('the details check the slot', async ({ page }) => {
  const fake = await open(page);
  await (await details(fake, 7)).getByRole('button', { name: 'Check slot 7' }).click();
  await expect(fake.status).toHaveText('Slot 7: Boris, +7 495 123-45-67 is waiting');
  expect(await fake.commands()).toEqual(['inspect 7']);
});
