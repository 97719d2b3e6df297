// Alerts for a person who does not look at the panel: title, sound, notification, and live regions.

import type { RunningSwitch } from 'valet-park/server';
import { chooseFromMenu, expect, test, type Panel } from './fixture.ts';
import { Fake, held } from './fake.ts';
import { recordAlerts, takeAlerts } from './alert-recorder.ts';
import { setHidden } from './visibility.ts';

/** Parks a call of Anna Petrova in slot 6. */
async function parkAnna(panel: Panel, pbx: RunningSwitch): Promise<void> {
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
}

test.beforeEach(({ page }) => recordAlerts(page));

test('a call of ours is in the title for the last minute before it returns', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await parkAnna(panel, pbx);
  await panel.advance(110_000, pbx);
  await expect(page).toHaveTitle('Parked calls');
  await panel.advance(12_000, pbx);
  await expect(page).toHaveTitle(/^0:5\d – Anna Petrova$/);
  pbx.exchange.forward(200_000);
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');
  await panel.advance(300);
  await expect(page).toHaveTitle('Back: Anna Petrova');
});

test('a sound at 60, 30 and 10 seconds, with an alert at 10 seconds', async ({ panel, pbx }) => {
  const { page } = panel;
  await parkAnna(panel, pbx);
  await takeAlerts(page);
  const due: readonly (readonly [forward: number, seconds: number])[] = [
    [121_000, 60],
    [30_000, 30],
    [20_000, 10],
  ];
  for (const [forward, seconds] of due) {
    await panel.advance(forward, pbx);
    const region = seconds === 10 ? panel.alert : panel.status;
    await expect(region).toHaveText(`Slot 6: Anna Petrova returns in ${seconds} seconds`);
    await expect.poll(() => takeAlerts(page)).toEqual(['tone 880', 'tone 880']);
  }
});

test('a button enables sound that the browser has blocked', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(6, 'Anna Petrova', { mine: true })] });
  await fake.due([6, 60_000]);
  await page.clock.runFor(2_000);
  const offer = page.getByRole('button', { name: 'Sound is blocked – click to enable' });
  await expect(offer).toBeVisible();
  await offer.press('Enter');
  await expect(offer).toHaveCount(0);
  await fake.due([6, 30_000]);
  await page.clock.runFor(2_000);
  await expect.poll(() => takeAlerts(page)).toEqual(['tone 880', 'tone 880']);
});

test('notifies while the page is hidden, and removes a call that has left', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await panel.choose('Desktop notifications while the page is hidden', true);
  await panel.choose('Sound', false);
  for (const [name, slot] of [
    ['Anna Petrova', 6],
    ['Jörg Weiß', 7],
  ] as const) {
    await panel.connect(pbx, name, '+1 202 555 0123');
    await panel.button(`Park here, slot ${slot}`).click();
    await expect(panel.slot(slot)).toHaveAccessibleName(new RegExp(name));
  }
  await setHidden(page, true);
  await panel.advance(121_000, pbx);
  await panel.advance(500);
  await expect
    .poll(() => takeAlerts(page))
    .toEqual([
      'shows valet-park-6-7: Parked calls, ' +
        '2 calls return in 60 seconds: slot 6 Anna Petrova, slot 7 Jörg Weiß',
    ]);
  const anna = pbx.exchange.calls().find(({ name }) => name === 'Anna Petrova');
  pbx.exchange.hangup(anna?.call ?? '');
  await expect
    .poll(() => takeAlerts(page))
    .toEqual([
      'closes valet-park-6-7',
      'shows valet-park-7: Slot 7: Jörg Weiß, +1 202 555 0123, Returns in 60 seconds',
    ]);
  await setHidden(page, false);
  await expect.poll(() => takeAlerts(page)).toEqual(['closes valet-park-7']);
});

test('calls of others cause no alert, unless the settings ask for it', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.menu('Settings');
  await page.keyboard.press('Escape');
  const { call } = pbx.exchange.ring('32494', '+1 202 555 0123', 'Anna Petrova');
  pbx.exchange.answer(call);
  pbx.exchange.ask({ extension: '32494', call, action: 'park', slot: 6 });
  await expect(panel.slot(6)).toHaveAccessibleName(/parked by Sales/);
  await panel.advance(121_000, pbx);
  await expect(panel.status).not.toContainText('returns in');
  expect(await takeAlerts(page)).toEqual([]);
  await panel.choose('Warn before calls return', 'all');
  await panel.advance(30_000, pbx);
  await expect(panel.status).toHaveText('Slot 6: Anna Petrova returns in 30 seconds');
  await expect.poll(() => takeAlerts(page)).toEqual(['tone 880', 'tone 880']);
});

test('of two tabs only one makes a sound', async ({ panel, pbx, context }) => {
  const other = await context.newPage();
  await recordAlerts(other);
  await other.goto(`${pbx.url}/?extension=341`);
  await chooseFromMenu(other, 'Settings');
  await other.keyboard.press('Escape');
  await panel.page.bringToFront();
  await parkAnna(panel, pbx);
  await expect(other.getByRole('gridcell', { name: /^Slot 6, Anna/ })).toBeVisible();
  await Promise.all([takeAlerts(panel.page), takeAlerts(other)]);
  // All pages of a context share one clock.
  await panel.advance(121_000, pbx);
  const heard: string[] = [];
  await expect
    .poll(async () => heard.push(...(await takeAlerts(panel.page)), ...(await takeAlerts(other))))
    .toBeGreaterThan(0);
  await panel.advance(500);
  heard.push(...(await takeAlerts(panel.page)), ...(await takeAlerts(other)));
  expect(heard).toEqual(['tone 880', 'tone 880']);
});

test('a browser that refuses locks still makes the sound', async ({ panel, pbx }) => {
  const { page } = panel;
  await page.evaluate(() => {
    navigator.locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'));
  });
  await parkAnna(panel, pbx);
  await takeAlerts(page);
  await panel.advance(121_000, pbx);
  await expect.poll(() => takeAlerts(page)).toEqual(['tone 880', 'tone 880']);
});

test('a tab that was muted drops the sounds of that time', async ({ panel, pbx }) => {
  const { page } = panel;
  await parkAnna(panel, pbx);
  await takeAlerts(page);
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
  await panel.advance(121_000, pbx);
  await panel.advance(30_000, pbx);
  await expect(panel.status).toContainText('returns in 30 seconds');
  await panel.advance(6_000, pbx);
  await page.evaluate('allow()');
  await panel.advance(14_000, pbx);
  await expect.poll(() => takeAlerts(page)).toEqual(['tone 880', 'tone 880']);
});

test('ownsPage can be set and removed at any time', async ({ panel, pbx }) => {
  const { page } = panel;
  const own = (isOwn: boolean): Promise<void> =>
    page.locator('valet-lot').evaluate((lot, isOwn) => {
      Object.assign(lot, { ownsPage: isOwn });
    }, isOwn);
  await parkAnna(panel, pbx);
  await panel.advance(122_000, pbx);
  await expect(page).toHaveTitle(/– Anna Petrova$/);
  await own(false);
  await panel.advance(1_000);
  await expect(page).toHaveTitle('Parked calls');
  await own(true);
  await panel.advance(1_000);
  await expect(page).toHaveTitle(/– Anna Petrova$/);
});
