// Telling somebody who does not look: title, sound, notification, and what is read aloud.

import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import { listen, told } from './told.ts';

async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    const state = isHidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

test.beforeEach(({ page }) => listen(page));

test('my call stands in the title for its last minute, and its icon counts', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await panel.later(110_000);
  await expect(page).toHaveTitle('Parked calls');
  await panel.later(12_000);
  await expect(page).toHaveTitle(/^0:5\d – Anna Petrova$/);
  pbx.exchange.forward(200_000);
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');
  await panel.later(300);
  await expect(page).toHaveTitle('Parked calls');
});

test('sounds at sixty, thirty and ten seconds, and says the last of them at once', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await told(page);
  const due: readonly (readonly [forward: number, seconds: number])[] = [
    [121_000, 60],
    [30_000, 30],
    [20_000, 10],
  ];
  for (const [forward, seconds] of due) {
    await panel.later(forward);
    const said = seconds === 10 ? panel.alert : panel.status;
    await expect(said).toHaveText(`Slot 6: Anna Petrova returns in ${seconds} seconds`);
    await expect.poll(() => told(page)).toEqual(['tone 880', 'tone 880']);
  }
});

test('a sound that the browser does not allow is offered, not lost', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  const call = pbx.exchange.calls()[0]?.call ?? '';
  pbx.exchange.ask({ extension: '34414', call, action: 'park', slot: 6 });
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await panel.later(121_000);
  const offer = panel.button('Sound is blocked: press to enable');
  await expect(offer).toBeVisible();
  await offer.click();
  await expect(offer).toHaveCount(0);
  await panel.later(30_000);
  await expect.poll(() => told(page)).toEqual(['tone 880', 'tone 880']);
});

test('notifies while the page is hidden, and takes it back when it is moot', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await panel.set('Desktop notifications while the page is hidden', true);
  await panel.set('Sound', false);
  for (const [name, slot] of [
    ['Anna Petrova', 6],
    ['Jörg Weiß', 7],
  ] as const) {
    await panel.connect(pbx, name, '+1 202 555 0123');
    await panel.button(`Park here, slot ${slot}`).click();
    await expect(panel.slot(slot)).toHaveAccessibleName(new RegExp(name));
  }
  await hide(page, true);
  await panel.later(121_000);
  await panel.later(500);
  await expect
    .poll(() => told(page))
    .toEqual([
      'shows valet-park-6-7: Parked calls, ' +
        '2 calls return in 60 seconds: slot 6 Anna Petrova, slot 7 Jörg Weiß',
    ]);
  const anna = pbx.exchange.calls().find(({ name }) => name === 'Anna Petrova');
  pbx.exchange.hangup(anna?.call ?? '');
  await expect
    .poll(() => told(page))
    .toEqual([
      'closes valet-park-6-7',
      'shows valet-park-7: Slot 7: Jörg Weiß, +1 202 555 0123, Returns in 60 seconds',
    ]);
  await hide(page, false);
  await expect.poll(() => told(page)).toEqual(['closes valet-park-7']);
});

test('calls of others do not alarm, unless that is wanted', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.button('Settings').click();
  await page.keyboard.press('Escape');
  const { call } = pbx.exchange.ring('32494', '+1 202 555 0123', 'Anna Petrova');
  pbx.exchange.answer(call);
  pbx.exchange.ask({ extension: '32494', call, action: 'park', slot: 6 });
  await expect(panel.slot(6)).toHaveAccessibleName(/parked by Sales/);
  await panel.later(121_000);
  await expect(panel.status).not.toContainText('returns in');
  expect(await told(page)).toEqual([]);
  await panel.set('Tell of calls about to return', 'all');
  await panel.later(30_000);
  await expect(panel.status).toHaveText('Slot 6: Anna Petrova returns in 30 seconds');
  await expect.poll(() => told(page)).toEqual(['tone 880', 'tone 880']);
});

test('of two tabs only one makes a sound', async ({ panel, pbx, context }) => {
  const other = await context.newPage();
  await listen(other);
  await other.goto(`${pbx.url}/?extension=341`);
  await other.getByRole('button', { name: 'Settings' }).click();
  await other.keyboard.press('Escape');
  await panel.page.bringToFront();
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await expect(other.getByRole('gridcell', { name: /^Slot 6, Anna/ })).toBeVisible();
  await Promise.all([told(panel.page), told(other)]);
  // The clock is one for all pages of a context.
  await panel.later(121_000);
  const heard: string[] = [];
  await expect
    .poll(async () => heard.push(...(await told(panel.page)), ...(await told(other))))
    .toBeGreaterThan(0);
  await panel.later(500);
  heard.push(...(await told(panel.page)), ...(await told(other)));
  expect(heard).toEqual(['tone 880', 'tone 880']);
});

test('where locks are refused, it tells all the same', async ({ panel, pbx }) => {
  const { page } = panel;
  await page.evaluate(() => {
    navigator.locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'));
  });
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await told(page);
  await panel.later(121_000);
  await expect.poll(() => told(page)).toEqual(['tone 880', 'tone 880']);
});

test('a tab that was kept silent does not make up for it later', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await told(page);
  await page.evaluate(() => {
    const { resume } = AudioContext.prototype;
    const held: (() => void)[] = [];
    AudioContext.prototype.resume = () => new Promise((resolve) => held.push(resolve));
    Object.assign(window, {
      allow: () => {
        AudioContext.prototype.resume = resume;
        for (const release of held.splice(0)) release();
      },
    });
  });
  await panel.later(121_000);
  await panel.later(30_000);
  await expect(panel.status).toContainText('returns in 30 seconds');
  await panel.later(6_000);
  await page.evaluate('allow()');
  await panel.later(14_000);
  await expect.poll(() => told(page)).toEqual(['tone 880', 'tone 880']);
});

test('the page may be given to the panel at any time, and be taken back', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  const own = (isOwn: boolean): Promise<void> =>
    page.locator('valet-lot').evaluate((lot, isOwn) => {
      Object.assign(lot, { ownsPage: isOwn });
    }, isOwn);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await panel.later(122_000);
  await expect(page).toHaveTitle(/– Anna Petrova$/);
  await own(false);
  await panel.later(1_000);
  await expect(page).toHaveTitle('Parked calls');
  await own(true);
  await panel.later(1_000);
  await expect(page).toHaveTitle(/– Anna Petrova$/);
});
