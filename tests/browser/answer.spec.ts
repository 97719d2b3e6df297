// Calls that come back and ring: answering them, and answering and parking them again.

import type { Page } from '@playwright/test';
import { Fake, caller, held } from './fake.ts';
import { expect, test } from './fixture.ts';

/** Shows a call that is back from slot 1. The page can answer it. */
async function openWithBack(page: Page): Promise<Fake> {
  const fake = await Fake.open(page);
  await page.evaluate(() => {
    window.lot.answer = ({ call }) => {
      window.control.commands.push(`answer ${call}`);
      const [first] = window.lot.park?.getSnapshot().calls ?? [];
      if (first !== undefined) window.control.show({ calls: [{ ...first, state: 'talking' }] });
    };
  });
  await page.clock.runFor(2_000);
  await showBack(fake);
  return fake;
}

async function showBack(fake: Fake): Promise<void> {
  const back = { returnedFrom: { slot: 1, waitedMs: 180_000 }, since: 0 };
  await fake.show({
    calls: [{ caller: caller('Anna'), state: 'ringing', ...back }],
    departures: [
      {
        ...{ slot: 1, uuid: 'uuid-1', caller: caller('Anna'), reason: 'returned', mine: true },
        ...{ parkedBy: '34414', forWhom: 'Petrov', note: 'has the file' },
      },
    ],
  });
  await fake.page.clock.runFor(1_100);
}

const said = 'Anna is back from slot 1, waited 3:00, parked by you, for Petrov, “has the file”';

test('a call that is back is announced at once, with what is known of it', async ({ page }) => {
  const fake = await openWithBack(page);
  await expect(fake.alert).toHaveText(said);
  await expect(fake.toast).toContainText(said);
});

for (const [how, press] of [
  [
    'the button of the call',
    (page: Page) => page.getByRole('button', { name: 'Answer Anna' }).click(),
  ],
  [
    'the button of the message',
    (page: Page) => page.locator('valet-notices').getByRole('button', { name: 'Answer' }).click(),
  ],
  ['F2', (page: Page) => page.keyboard.press('F2')],
] as const) {
  test(`${how} answers a call that is back`, async ({ page }) => {
    const fake = await openWithBack(page);
    await fake.tile(5).focus();
    await press(page);
    await expect.poll(() => fake.commands()).toEqual(['answer call-1']);
    await expect(fake.toast).toHaveCount(0);
  });
}

for (const [how, press] of [
  [
    'the button of the call',
    (page: Page) => page.getByRole('button', { name: /^Park again in slot 1/ }).click(),
  ],
  [
    'the button of the message',
    (page: Page) =>
      page.locator('valet-notices').getByRole('button', { name: 'Park again' }).click(),
  ],
  ['Shift+F9', (page: Page) => page.keyboard.press('Shift+F9')],
] as const) {
  test(`${how} answers a call that is back, and parks it in its slot with its note`, async ({
    page,
  }) => {
    const fake = await openWithBack(page);
    await fake.tile(5).focus();
    await press(page);
    await expect
      .poll(() => fake.commands())
      .toEqual(['answer call-1', 'park call-1 1 Petrov has the file']);
    await expect(fake.toast).toContainText('Petrov: Anna, call on 1');
  });
}

test('a call is parked again in any slot if another call waits in its own', async ({ page }) => {
  const fake = await openWithBack(page);
  await fake.show({ slots: [held(1, 'Boris')] });
  await fake.tile(5).focus();
  await page.keyboard.press('Shift+F9');
  await expect
    .poll(() => fake.commands())
    .toEqual(['answer call-1', 'park call-1 Petrov has the file']);
});

test('an answer that fails says so, and parks nothing', async ({ page }) => {
  const fake = await openWithBack(page);
  await page.evaluate(() => (window.lot.answer = () => Promise.reject(new Error('no microphone'))));
  await fake.tile(5).focus();
  await page.keyboard.press('Shift+F9');
  await expect(fake.alert).toContainText('The call of Anna was not answered.');
  expect(await fake.commands()).toEqual([]);
});

test('the keys say that no call rings, or that none is back', async ({ page }) => {
  const fake = await openWithBack(page);
  await fake.show({ calls: [] });
  await fake.tile(5).focus();
  await page.keyboard.press('F2');
  await expect(fake.status).toHaveText('No call rings');
  await page.keyboard.press('Shift+F9');
  await expect(fake.status).toHaveText('No call is back from a slot');
});

test('a page that cannot answer calls shows no buttons for it', async ({ page }) => {
  const fake = await openWithBack(page);
  await page.evaluate(() => (window.lot.answer = null));
  await expect(page.getByRole('button', { name: /Answer|Park again/ })).toHaveCount(0);
  await expect(fake.toast).toContainText(said);
});

test('our calls that were parked before the panel was opened are listed', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({
    slots: [
      held(2, 'Boris', { mine: true, parkedBy: '34414' }),
      held(3, 'Carla', { mine: false, parkedBy: '32494' }),
      held(4, 'David', { mine: true, parkedBy: '34414' }),
    ],
    calls: [{ caller: caller('David'), uuid: 'uuid-in-4', state: 'parked', slot: 4 }],
  });
  await expect(page.locator('valet-calls .parked')).toHaveText([
    /David\s+Parked in slot 4/,
    /Boris\s+Parked in slot 2/,
  ]);
});

test('a panel that has just opened announces a call that it has seen parked, and no other', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  const back = (slot: number) => ({ returnedFrom: { slot, waitedMs: 180_000 }, since: 0 });
  await fake.show({ calls: [{ caller: caller('Anna'), state: 'parked', slot: 1 }] });
  await fake.show({
    calls: [
      { caller: caller('Anna'), state: 'ringing', ...back(1) },
      { caller: caller('Boris'), state: 'ringing', ...back(2) },
    ],
  });
  await page.clock.runFor(1_100);
  await expect(fake.alert).toHaveText('Anna is back from slot 1, waited 3:00');
});

for (const lang of ['en', 'ar']) {
  test(`on a phone the card of a call that is back is in sight: ${lang}`, async ({ page }) => {
    const fake = await Fake.open(page, { lang });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => (window.lot.answer = () => {}));
    const calls = ['Marie', 'Jo', 'Pavel'].map((name) => ({ caller: caller(name) }));
    await fake.show({ calls });
    await page.clock.runFor(2_000);
    const row = page.locator('valet-calls ul');
    const isInSight = (): Promise<boolean> =>
      row.evaluate((row) => {
        const inner = row.querySelector('li.back')?.getBoundingClientRect() ?? new DOMRect();
        const outer = row.getBoundingClientRect();
        return inner.width > 0 && inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
      });
    await page.clock.pauseAt(Date.now() + 60_000);
    const back = { returnedFrom: { slot: 1, waitedMs: 180_000 }, state: 'ringing' } as const;
    await fake.show({ calls: [...calls, { caller: caller('Anna'), ...back }] });
    await expect(row.locator('li.back')).toHaveCount(1);
    expect(await isInSight()).toBe(true);
    // A press that was meant for the card which was there before does nothing.
    await row.locator('li.back button').first().click();
    await expect(fake.alert).toHaveText('');
    await expect(fake.status).not.toHaveText('');
    expect(await fake.commands()).toEqual([]);
    // A person may scroll back: the row scrolls by itself only once for each call.
    await row.evaluate((row) => (row.scrollLeft = 0));
    await fake.show({ slots: [held(2, 'Boris')] });
    expect(await isInSight()).toBe(false);
  });
}
