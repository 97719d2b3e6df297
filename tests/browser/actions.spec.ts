// Actions of a person at the panel: announcing a slot, confirming, dragging, choosing, pressing at the
// wrong moment.

import type { Locator } from '@playwright/test';
import { expect, test } from './fixture.ts';

/** Drags in several steps: a browser starts a drag only after the pointer has moved a little. */
async function drag(what: Locator, onto: Locator): Promise<void> {
  const { mouse } = what.page();
  const [from, to] = [await what.locator('.name').boundingBox(), await onto.boundingBox()];
  if (from === null || to === null) throw new Error('expected both to be visible');
  await mouse.move(from.x + 10, from.y + 8);
  await mouse.down();
  await mouse.move(from.x + 30, from.y + 24, { steps: 4 });
  await mouse.move(to.x + 50, to.y + 30, { steps: 6 });
  await mouse.up();
}

const anna = ['Anna Petrova', '+7 495 123-45-67'] as const;
const jorg = ['Jörg Weiß', '+49 30 23125 014'] as const;

test('announces the slot of a parked call in large type for 20 seconds, with a sentence to copy', async ({
  panel,
  pbx,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await panel.connect(pbx, ...anna);
  await panel.button(/^Park$/).click();
  const notices = panel.page.locator('valet-notices');
  await expect(notices.locator('.huge')).toHaveText('1');
  await expect(notices).toContainText('Anna Petrova, call on 1');
  await notices.getByRole('button', { name: 'Copy' }).click();
  await expect(panel.status).toHaveText('Copied: Anna Petrova, call on 1');
  expect(await panel.page.evaluate(() => navigator.clipboard.readText())).toBe(
    'Anna Petrova, call on 1',
  );
  // The message stays while the pointer is on it.
  await panel.page.mouse.move(0, 0);
  await panel.advance(20_100);
  await expect(notices.locator('.huge')).toHaveCount(0);
});

for (const [confirm, others, own] of [
  ['others', true, false],
  ['never', false, false],
  ['always', true, true],
] as const) {
  test(`asks before a bridge: ${confirm}`, async ({ panel, pbx }) => {
    await panel.choose('Ask before taking a call', confirm);
    const theirs = pbx.exchange.ring('32494', jorg[1], jorg[0]).call;
    pbx.exchange.answer(theirs);
    pbx.exchange.ask({ extension: '32494', call: theirs, action: 'park', slot: 2 });
    await panel.connect(pbx, ...anna);
    await panel.button('Park here, slot 1').click();
    await expect(panel.slot(1)).toHaveAccessibleName(/Anna Petrova/);
    await expect(panel.slot(2)).toHaveAccessibleName(/Jörg Weiß.*parked by Sales/);

    for (const [slot, name, asks] of [
      [2, jorg[0], others],
      [1, anna[0], own],
    ] as const) {
      await panel.connect(pbx, `Caller for ${slot}`, '+1 202 555 0123');
      await panel.button(new RegExp(`^Send to .*${name}, slot ${slot}$`)).click();
      if (asks) {
        await expect(panel.slot(slot)).toHaveAccessibleName(new RegExp(`^Send ${name}`));
        expect(panel.commands().filter((body) => body.includes('bridge'))).toHaveLength(
          slot === 2 ? 0 : 1,
        );
        await panel.button(`Send ${name} to Caller for ${slot}?`).click();
      }
      await expect(panel.slot(slot)).toHaveAccessibleName(`Slot ${slot}, free`);
    }
  });
}

test('Escape, Cancel and leaving the tile cancel the question before a bridge', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  const theirs = pbx.exchange.ring('32494', jorg[1], jorg[0]).call;
  pbx.exchange.answer(theirs);
  pbx.exchange.ask({ extension: '32494', call: theirs, action: 'park', slot: 2 });
  await panel.connect(pbx, ...anna);
  const asking = panel.button('Send Jörg Weiß to Anna Petrova?');
  for (const takeBack of [
    () => page.keyboard.press('Escape'),
    () => panel.board.getByRole('button', { name: 'Cancel' }).click(),
    () => panel.slot(7).focus(),
  ]) {
    await panel.button(/^Send to .*Jörg Weiß, slot 2$/).click();
    await expect(asking).toBeVisible();
    await takeBack();
    await expect(asking).toHaveCount(0);
  }
  expect(panel.commands()).toEqual([]);
});

test('a call dragged onto a free slot is parked, and onto a held slot is bridged', async ({
  panel,
  pbx,
}) => {
  await panel.connect(pbx, ...anna);
  const card = panel.page.locator('valet-calls label');
  await drag(card.filter({ hasText: anna[0] }), panel.slot(4));
  await expect(panel.slot(4)).toHaveAccessibleName(/^Slot 4, Anna Petrova/);

  await panel.connect(pbx, ...jorg);
  await drag(card.filter({ hasText: jorg[0] }), panel.slot(4));
  await expect(panel.slot(4)).toHaveAccessibleName('Slot 4, free');
  expect(panel.commands()).toEqual([
    '{"action":"park","slot":"4"}',
    '{"action":"bridge","slot":"4"}',
  ]);
});

test('the details show all facts of a slot, and bridge with the call chosen there', async ({
  panel,
  pbx,
}) => {
  const parked = await panel.connect(pbx, ...anna);
  await panel.button('Park here, slot 3').click();
  await expect(panel.slot(3)).toHaveAccessibleName(/Anna Petrova/);
  await panel.connect(pbx, ...jorg);
  const other = await panel.connect(pbx, 'Marie Dubois', '+33 1 99 00 12 34');

  await panel.button('Details of slot 3').click();
  const dialog = panel.page.getByRole('dialog', { name: 'Slot 3' });
  for (const text of [...anna, 'Reception', parked]) await expect(dialog).toContainText(text);
  await dialog.getByRole('button', { name: 'Jörg Weiß' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.slot(3)).toHaveAccessibleName('Slot 3, free');
  const bridged = panel.requests.find(({ body }) => body.includes('bridge'));
  expect(bridged?.call).not.toBe(other);
  expect(pbx.exchange.calls().map(({ name, state }) => `${name} ${state}`)).toContain(
    'Anna Petrova bridged',
  );
});

test('the page can cancel a park', async ({ panel, pbx }) => {
  await panel.page.evaluate(() =>
    document.addEventListener('parking-before-park', (event) => event.preventDefault()),
  );
  await panel.connect(pbx, ...anna);
  await panel.button('Park here, slot 1').click();
  await expect(panel.status).toHaveText('This page does not allow it');
  expect(panel.commands()).toEqual([]);
});

test('the caller stays known while the call rings, is parked, is bridged and has left', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await panel.ring(...anna);
  await expect(panel.call(`${anna.join(', ')}, Ringing`)).toBeVisible();
  await panel.answer('Anna');
  await panel.button('Park here, slot 8').click();
  await expect(panel.slot(8)).toContainText(anna[0]);
  await expect(panel.slot(8)).toContainText(anna[1]);
  await expect(page.locator('valet-calls .parked')).toContainText('Anna Petrova');
  await panel.connect(pbx, ...jorg);
  await panel.button(/^Send to .*Anna Petrova, slot 8$/).click();
  const departures = page.locator('valet-departures').getByRole('listitem');
  await expect(departures).toContainText([
    /Slot 8: Reception sent Anna Petrova to Jörg Weiß\s+·\s+Parked by Reception/,
  ]);
  await expect(panel.call(/^Jörg Weiß.*Connected with Anna Petrova$/)).toBeVisible();

  // The details of a second call from the same caller show the first one.
  await panel.connect(pbx, ...anna);
  await panel.button('Park here, slot 2').click();
  await panel.button('Details of slot 2').click();
  await expect(panel.page.getByRole('dialog')).toContainText(
    'Slot 8: Reception sent Anna Petrova to Jörg Weiß',
  );
});

test('a failed check does not say that something may have been done', async ({
  panel,
  pbx,
  context,
}) => {
  await panel.connect(pbx, ...anna);
  await context.route('**/valet_park/**', (route) => route.fulfill({ status: 200, body: '<p>' }));
  await panel.button('Check slot 5').click();
  await expect(panel.alert).toHaveText('Slot 5 was not checked. The switch gave an unclear answer');
});

test('a press meant for a call that has just ended parks no other call', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.connect(pbx, ...jorg);
  const call = await panel.connect(pbx, ...anna);
  await panel.call(/^Anna Petrova/).check();
  await panel.slot(4).focus();
  await page.clock.pauseAt(Date.now() + 3_000);
  pbx.exchange.hangup(call);
  await expect(panel.call(/^Jörg Weiß/)).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(panel.status).toContainText('Another call was just selected');
  await page.clock.resume();
  await panel.advance();
  await page.keyboard.press('Enter');
  await expect(panel.slot(4)).toHaveAccessibleName(/Jörg Weiß/);
  expect(panel.commands()).toEqual(['{"action":"park","slot":"4"}']);
});

test('a press meant for another call does not park a call that has just been answered', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await panel.connect(pbx, ...anna);
  const ringing = pbx.exchange.ring('34414', jorg[1], jorg[0]).call;
  await expect(panel.call(/^Jörg Weiß.*Ringing/)).toBeVisible();
  await panel.slot(4).focus();
  await page.clock.pauseAt(Date.now() + 3_000);
  pbx.exchange.answer(ringing);
  await expect(panel.call(/^Jörg Weiß/)).toBeChecked();
  await page.keyboard.press('F9');
  await expect(panel.status).toHaveText(
    'Another call was just selected. Press again if you mean this one',
  );
  expect(panel.commands()).toEqual([]);
});

test('the question before a bridge is read aloud, and closes when another call is selected', async ({
  panel,
  pbx,
}) => {
  const theirs = pbx.exchange.ring('32494', jorg[1], jorg[0]).call;
  pbx.exchange.answer(theirs);
  pbx.exchange.ask({ extension: '32494', call: theirs, action: 'park', slot: 2 });
  await panel.connect(pbx, ...anna);
  await panel.button(/^Send to .*Jörg Weiß, slot 2$/).click();
  await expect(panel.status).toContainText(
    'Send Jörg Weiß, +49 30 23125 014 to Anna Petrova? Press again',
  );
  await panel.connect(pbx, 'Marie Dubois', '+33 1 99 00 12 34');
  await expect(panel.button(/^Send Jörg Weiß to .*\?$/)).toHaveCount(0);
  await expect(panel.status).toHaveText('');
  expect(panel.commands()).toEqual([]);
});

test('the details say why a call cannot be bridged', async ({ panel, pbx }) => {
  await panel.connect(pbx, ...anna);
  await panel.button('Park here, slot 3').click();
  await expect(panel.slot(3)).toHaveAccessibleName(/Anna Petrova/);
  await panel.ring(...jorg);
  await panel.button('Details of slot 3').click();
  const dialog = panel.page.getByRole('dialog', { name: 'Slot 3' });
  await dialog.getByRole('button', { name: 'Jörg Weiß' }).click({ force: true });
  await expect(dialog.getByRole('status')).toHaveText('Answer the call first');
});

test('the focus of a removed element moves to the next useful element', async ({
  panel,
  pbx,
  context,
}) => {
  const { page } = panel;
  const other = await panel.connect(pbx, ...jorg);
  const parked = await panel.connect(pbx, ...anna);
  await panel.call(/^Anna Petrova/).focus();
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toHaveAccessibleName(/Anna Petrova/);
  await expect(panel.call(/^Jörg Weiß/)).toBeFocused();

  await panel.button('Copy').focus();
  pbx.exchange.hangup(parked);
  await expect(panel.slot(1)).toBeFocused();

  await context.route('**/valet_park/**', (route) => route.fulfill({ status: 200, body: '<p>' }));
  await panel.button('Check slot 5').click();
  await panel.button('Dismiss').click();
  await expect(panel.slot(5)).toBeFocused();
  expect(pbx.exchange.calls().find(({ call }) => call === other)?.state).toBe('talking');
});

test('holding a key down or double-clicking slowly parks only one call', async ({ panel, pbx }) => {
  await panel.connect(pbx, ...jorg);
  await panel.connect(pbx, ...anna);
  const park = panel.button(/^Park$/);
  await park.click({ clickCount: 2 });
  await expect(panel.slot(1)).toHaveAccessibleName(/Anna Petrova/);
  await panel.advance();
  await park.dispatchEvent('click', { detail: 2 });
  const isTaken = await park.evaluate((button) =>
    button.dispatchEvent(
      new KeyboardEvent('keydown', {
        ...{ key: 'Enter', code: 'Enter', repeat: true },
        ...{ bubbles: true, composed: true, cancelable: true },
      }),
    ),
  );
  expect(isTaken).toBe(false);
  expect(panel.commands()).toEqual(['{"action":"park"}']);
});

test('a chosen call that is parked and returns is not selected again', async ({ panel, pbx }) => {
  await panel.connect(pbx, ...anna);
  await panel.call(/^Anna Petrova/).check();
  await panel.button('Park here, slot 4').click();
  await expect(panel.slot(4)).toHaveAccessibleName(/Anna Petrova/);
  await panel.connect(pbx, ...jorg);
  pbx.exchange.forward(180_000);
  await expect(panel.call(/^Anna Petrova.*Ringing$/)).toBeVisible();
  await expect(panel.call(/^Jörg Weiß/)).toBeChecked();
});

test('a dialog keeps the focus while it is open, and restores it when it closes', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await panel.menu('Settings');
  await panel.button('Close').click();
  await expect(panel.button('More')).toBeFocused();

  await panel.connect(pbx, ...anna);
  await panel.button('Park here, slot 3').click();
  await expect(panel.slot(3)).toHaveAccessibleName(/Anna Petrova/);
  const other = await panel.connect(pbx, ...jorg);
  await panel.button('Details of slot 3').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Jörg Weiß' }).focus();
  pbx.exchange.hangup(other);
  await expect(panel.button('Close')).toBeFocused();
});

test('a press in the details is ignored just after the list of calls has changed', async ({
  panel,
  pbx,
}) => {
  await panel.connect(pbx, ...anna);
  await panel.button('Park here, slot 3').click();
  await expect(panel.slot(3)).toHaveAccessibleName(/Anna Petrova/);
  const first = await panel.connect(pbx, ...jorg);
  await panel.connect(pbx, 'Marie Dubois', '+33 1 99 00 12 34');
  await panel.button('Details of slot 3').click();
  const dialog = panel.page.getByRole('dialog', { name: 'Slot 3' });
  const callers = dialog.locator('.calls button');
  await expect(callers).toHaveCount(2);
  await panel.page.clock.pauseAt(Date.now() + 10_000);
  // Another desk parks the first call, so that it can no longer be bridged.
  pbx.exchange.ask({ extension: '34414', call: first, action: 'park', slot: 9 });
  await expect(callers).toHaveCount(1);
  await callers.first().click();
  await expect(dialog.getByRole('status')).toHaveText(
    'Slot 3 has just changed. Press again if you mean this call',
  );
  expect(panel.commands()).toHaveLength(1);
});
