// Events of several calls within a second: one message with all of them, the most urgent first, one
// sound and one notification.

import type { Page } from '@playwright/test';
import type { Departure } from 'valet-park';
import { Fake, caller, held } from './fake.ts';
import { expect, test } from './fixture.ts';
import { notificationsIn, recordAlerts, takeAlerts } from './alert-recorder.ts';
import { setHidden } from './visibility.ts';

const people = ['Anna', 'Boris', 'Carla', 'David', 'Emma'] as const;

/** Shows five waiting calls. The calls in the first four slots are ours. */
async function openWithFiveCalls(
  page: Page,
  attributes: Readonly<Record<string, string>> = {},
): Promise<Fake> {
  const fake = await Fake.open(page, attributes);
  await fake.show({
    slots: people.map((name, at) =>
      held(at + 1, name, { mine: at < 4, parkedBy: at < 4 ? '34414' : '32494' }),
    ),
  });
  // Events within a second of this clock make one message.
  await fake.stopClock();
  return fake;
}

/** Returns the departure of a call that has returned. */
function returned(slot: number): Partial<Departure> {
  const mine = slot < 5;
  const parkedBy = mine ? '34414' : '32494';
  const who = caller(people[slot - 1] ?? '');
  return { slot, caller: who, reason: 'returned', mine, parkedBy };
}

/** Waits until a batch of events is delivered. */
async function waitForBatch(page: Page): Promise<void> {
  await page.clock.runFor(1_100);
}

test('four calls of ours that are due at once make one message', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await fake.due([1, 60_000], [2, 60_000], [3, 60_000], [4, 60_000]);
  await waitForBatch(page);
  await expect(fake.status).toHaveText(
    '4 calls return in 60 seconds: slot 1 Anna, slot 2 Boris, slot 3 Carla, slot 4 David',
  );
});

test('calls that are due within a second make one message', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  for (const slot of [1, 2, 3]) {
    await fake.due([slot, 30_000]);
    await page.clock.runFor(200);
  }
  await waitForBatch(page);
  await expect(fake.toast).toContainText(
    'Returns very soon: slot 1 Anna, slot 2 Boris, slot 3 Carla',
  );
});

test('a message repeats what the last one said a moment ago, but reads it once', async ({
  page,
}) => {
  const fake = await openWithFiveCalls(page);
  await fake.due([1, 60_000]);
  await waitForBatch(page);
  await expect(fake.status).toHaveText('Slot 1: Anna returns in 60 seconds');
  await fake.due([2, 60_000]);
  await waitForBatch(page);
  await expect(fake.toast).toContainText('Returns soon: slot 1 Anna, slot 2 Boris');
  await expect(fake.status).toHaveText('Slot 2: Boris returns in 60 seconds');
  await page.clock.runFor(5_000);
  await fake.due([3, 60_000]);
  await waitForBatch(page);
  await expect(fake.status).toHaveText('Slot 3: Carla returns in 60 seconds');
});

test('the most urgent call comes first, as an alert', async ({ page }) => {
  const fake = await openWithFiveCalls(page, { alerts: 'all' });
  await fake.due([5, 10_000], [1, 60_000], [2, 10_000], [3, 30_000], [4, 10_000]);
  await waitForBatch(page);
  await expect(fake.alert).toHaveText('2 calls return in 10 seconds: slot 2 Boris, slot 4 David');
  const later =
    'Slot 5: Emma returns in 10 seconds Slot 3: Carla returns in 30 seconds ' +
    'Slot 1: Anna returns in 60 seconds';
  await expect(fake.status).toHaveText(later, { useInnerText: true });
  // A number in a message that stays would soon differ from the countdown of the tile.
  await expect(fake.toast.locator('p')).toHaveText([
    'About to return: slot 2 Boris, slot 4 David',
    'About to return: slot 5 Emma',
    'Returns very soon: slot 3 Carla',
    'Returns soon: slot 1 Anna',
  ]);
});

test('a call that leaves is removed from the alert', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await fake.due([2, 10_000], [4, 10_000]);
  await waitForBatch(page);
  const gone = { reason: 'abandoned' } as const;
  await fake.departed({ ...returned(2), ...gone });
  await expect(fake.toast).toContainText('About to return: slot 4 David');
  await fake.departed({ ...returned(4), ...gone });
  await expect(fake.alert).toHaveText('');
});

test('five calls that return at once are all in the message, ours first', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await fake.departed(returned(5), returned(1), returned(2), returned(3), returned(4));
  await waitForBatch(page);
  await expect(fake.alert).toHaveText(
    '4 calls returned to Reception: slot 1 Anna, slot 2 Boris, slot 3 Carla, slot 4 David',
  );
  await expect(fake.status).toHaveText('Slot 5: Emma returned to Sales');
});

test('calls that leave in different ways at once make one sentence for each way', async ({
  page,
}) => {
  const fake = await openWithFiveCalls(page);
  await fake.departed(
    { slot: 1, caller: caller('Anna'), reason: 'abandoned' },
    { slot: 2, caller: caller('Boris'), reason: 'bridged', takenBy: '32494' },
    { slot: 3, caller: caller('Carla'), reason: 'abandoned' },
    returned(4),
    { slot: 5, caller: caller('Emma'), reason: 'bridged', takenBy: '32494' },
  );
  await waitForBatch(page);
  await expect(fake.alert).toHaveText('Slot 4: David returned to Reception');
  await expect(fake.status).toHaveText(
    '2 callers hung up: slot 1 Anna, slot 3 Carla 2 calls were connected by Sales: slot 2 Boris, slot 5 Emma',
    { useInnerText: true },
  );
});

test('a later reason replaces the first one', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await fake.departed({ slot: 1, caller: caller('Anna'), reason: 'unknown' });
  await fake.departed({ slot: 1, caller: caller('Anna'), reason: 'bridged', takenBy: '32494' });
  await waitForBatch(page);
  await expect(fake.status).toHaveText('Slot 1: Anna was connected by Sales');
});

test('Russian plurals agree with the number of calls', async ({ page }) => {
  const fake = await openWithFiveCalls(page, { lang: 'ru' });
  for (const [count, text] of [
    [2, '2 вызова вернутся через 60 секунд: слот 1 Anna, слот 2 Boris'],
    [
      5,
      '5 вызовов вернутся через 60 секунд: слот 1 Anna, слот 2 Boris, слот 3 Carla, слот 4 David, ' +
        'слот 5 Emma',
    ],
  ] as const) {
    await page.evaluate(() => (window.lot.alerts = 'all'));
    await fake.due(...people.slice(0, count).map((_, at) => [at + 1, 60_000] as const));
    await waitForBatch(page);
    await expect(fake.status).toHaveText(text);
    await page.clock.runFor(5_000);
  }
  await fake.departed(returned(1), returned(2), returned(5));
  await waitForBatch(page);
  await expect(fake.alert).toHaveText(
    '2 вызова вернулись. К кому: Reception. Откуда: слот 1 Anna, слот 2 Boris',
  );
  await expect(fake.status).toHaveText('Слот 5: вызов вернулся (Emma). К кому: Sales');
});

test('several calls at once make one sound and one notification', async ({ page }) => {
  await recordAlerts(page);
  const fake = await openWithFiveCalls(page);
  await page.evaluate(() => {
    localStorage.setItem('valet-park settings', JSON.stringify({ notify: 'on' }));
    window.dispatchEvent(new StorageEvent('storage', { key: 'valet-park settings' }));
  });
  await page.getByRole('heading', { name: 'Parked calls' }).click();
  await takeAlerts(page);
  await setHidden(page, true);
  await fake.due([3, 60_000], [1, 60_000], [2, 60_000]);
  await waitForBatch(page);
  // A sound is played after the browser has resumed its audio and granted a lock.
  const seen: string[] = [];
  const more = async (): Promise<number> => seen.push(...(await takeAlerts(page)));
  await expect.poll(more).toBeGreaterThanOrEqual(3);
  await page.clock.runFor(1_000);
  await more();
  expect(seen.filter((each) => each.startsWith('tone'))).toEqual(['tone 880', 'tone 880']);
  expect(notificationsIn(seen)).toEqual([
    'shows valet-park-1-2-3: Parked calls, 3 calls return in 60 seconds: ' +
      'slot 1 Anna, slot 2 Boris, slot 3 Carla',
  ]);

  await fake.departed({ ...returned(2), reason: 'abandoned', uuid: 'uuid-in-2' });
  await waitForBatch(page);
  expect(notificationsIn(await takeAlerts(page))).toEqual([
    'closes valet-park-1-2-3',
    'shows valet-park-1-3: Parked calls, 2 calls return in 60 seconds: slot 1 Anna, slot 3 Carla',
  ]);
});

test('an alert says who has taken the call first', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await fake.show({ calls: [{ caller: caller('Grete') }] });
  await page.clock.runFor(1_000);
  await fake.fail('vacant');
  await fake.departed({
    ...{ slot: 1, uuid: 'uuid-in-1', caller: caller('Anna') },
    ...{ reason: 'bridged', takenBy: '32494' },
  });
  await page.getByRole('button', { name: /^Send to .*Anna, slot 1$/ }).click();
  await expect(fake.alert).toHaveText('Anna was not connected. Sales took the call first');
});

test('an alert is completed when the panel learns later who was faster', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await fake.show({ calls: [{ caller: caller('Grete') }] });
  await page.clock.runFor(1_000);
  await fake.fail('vacant');
  await page.getByRole('button', { name: /^Send to .*Anna, slot 1$/ }).click();
  await expect(fake.alert).toHaveText('Anna was not connected. Slot 1 is empty now');
  await fake.departed({
    ...{ slot: 1, uuid: 'uuid-in-1', caller: caller('Anna') },
    ...{ reason: 'bridged', takenBy: '32494' },
  });
  await expect(fake.toast.locator('p')).toHaveText([
    'Anna was not connected. Sales took the call first',
  ]);
  await waitForBatch(page);
  await expect(fake.status).toHaveText('Sales took the call first');
});

test('a bridge of ours is reported once, by its result', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await fake.show({ calls: [{ caller: caller('Grete') }] });
  await page.clock.runFor(1_000);
  await page.getByRole('button', { name: /^Send to .*Anna, slot 1$/ }).click();
  await fake.departed({
    ...{ slot: 1, uuid: 'uuid-in-1', caller: caller('Anna') },
    ...{ reason: 'bridged', takenBy: '34414' },
  });
  await waitForBatch(page);
  await expect(fake.status).toHaveText('Anna and Grete are connected');
});

test('the announcement of a parked call ends when the call leaves its slot', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await fake.show({ calls: [{ caller: caller('Grete') }] });
  await page.clock.runFor(1_000);
  await page.getByRole('button', { name: 'Park here, slot 6' }).click();
  const notices = page.locator('valet-notices');
  await expect(notices).toContainText('Grete, call on 6');
  await fake.departed(returned(2));
  await expect(notices).toContainText('Grete, call on 6');
  await fake.departed({ slot: 6, uuid: 'uuid-in-6', caller: caller('Grete'), reason: 'abandoned' });
  await expect(notices).not.toContainText('call on 6');
});

test('the list of departures says who took a call and who parked it', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({
    departures: [
      { slot: 1, caller: caller('Anna'), reason: 'bridged', parkedBy: '34414', takenBy: '32494' },
      { slot: 2, caller: caller('Boris'), reason: 'abandoned', parkedBy: '32494' },
      { slot: 3, caller: caller('Carla'), reason: 'returned', parkedBy: '32494' },
      { slot: 4, caller: caller('David'), reason: 'returned', parkedBy: '34414', mine: true },
      { slot: 5, caller: caller('Emma'), reason: 'returned' },
      { slot: 6, caller: caller('Franz'), reason: 'unknown', parkedBy: '34414', mine: true },
      { slot: 7, caller: null, reason: 'bridged' },
    ],
  });
  const list = page.locator('valet-departures li > span');
  await expect(list).toHaveText([
    'Slot 1: Anna was connected by Sales · Parked by Reception',
    'Slot 2: Boris hung up · Parked by Sales',
    'Slot 3: Carla returned to Sales',
    'Slot 4: David returned to Reception',
    'Slot 5: Emma returned to the extension that parked the call',
    'Slot 6: Franz left (reason unknown) · Parked by Reception',
    'Slot 7: Unknown caller was connected',
  ]);
  await page.evaluate(() => (window.lot.lang = 'ru'));
  await expect(list.nth(0)).toHaveText(
    'Слот 1: вызов соединён (Anna). Кто соединил: Sales · Кто поставил: Reception',
  );
});

test('a panel without a home name says that calls returned to you', async ({ page }) => {
  const fake = await openWithFiveCalls(page);
  await page.evaluate(() => (window.lot.home = ''));
  await fake.departed({ ...returned(1), parkedBy: null });
  await waitForBatch(page);
  await expect(fake.alert).toHaveText('Slot 1: Anna returned to you');
});
