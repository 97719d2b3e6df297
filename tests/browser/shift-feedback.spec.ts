// Feedback on a slow line, the end of a search, fields for notes, and what stays in sight in a busy hour.

import type { Page } from '@playwright/test';
import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

test.use({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });

const ringing = (name: string) => ({ caller: caller(name), state: 'ringing', since: 0 }) as const;

async function pressPark(page: Page): Promise<void> {
  await page.clock.runFor(1_000);
  await page.locator('valet-calls').getByRole('button', { name: 'Park' }).click();
}

test('a call says at once that it is being answered, and later that the line is slow', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  await page.evaluate(() => {
    window.lot.answer = ({ call }) => {
      window.control.commands.push(`answer ${call}`);
      return new Promise(() => {});
    };
  });
  await fake.show({ calls: [ringing('Anna')] });
  await page.clock.runFor(1_000);
  const card = page.locator('valet-calls li');
  await page.getByRole('button', { name: 'Answer Anna' }).click();
  await expect(card).toContainText('Answering…');
  await expect(page.getByRole('button', { name: 'Answer Anna' })).toBeDisabled();
  await page.clock.runFor(3_500);
  await expect(card).toContainText('Slow line: no answer yet');
  await page.keyboard.press('F2');
  await expect(fake.toast).toContainText('This is under way already');
  expect(await fake.commands()).toEqual(['answer call-1']);
});

test('a call that is answered at once can be answered again after a failure', async ({ page }) => {
  const fake = await Fake.open(page);
  await page.evaluate(() => {
    window.lot.answer = async ({ call }) => {
      window.control.commands.push(`answer ${call}`);
      throw new Error('no microphone');
    };
  });
  await fake.show({ calls: [ringing('Anna')] });
  await page.clock.runFor(1_000);
  for (const commands of [['answer call-1'], ['answer call-1', 'answer call-1']]) {
    await page.getByRole('button', { name: 'Answer Anna' }).click();
    await expect.poll(() => fake.commands()).toEqual(commands);
    await expect(page.locator('valet-calls li')).toContainText('Ringing');
  }
});

test('without a connection F2 does not say that no call rings', async ({ page }) => {
  const fake = await Fake.open(page);
  await page.evaluate(() => (window.lot.answer = () => {}));
  await fake.tile(5).focus();
  await page.keyboard.press('F2');
  await expect(fake.toast).toContainText('No call rings');
  await fake.show({ sync: { state: 'offline' } });
  await page.keyboard.press('F2');
  await expect(fake.toast).toContainText('the panel does not know which call rings');
});

test('a call that is being parked says that the line is slow', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ calls: [{ caller: caller('Anna'), pending: 'parking' }] });
  const card = page.locator('valet-calls li');
  await expect(card).toContainText('Parking…');
  await page.clock.runFor(3_500);
  await expect(card).toContainText('Slow line: no answer yet');
  await fake.show({ calls: [{ caller: caller('Anna') }] });
  await expect(card).toContainText('Talking');
  await fake.show({ calls: [{ caller: caller('Anna'), pending: 'parking' }] });
  await expect(card).toContainText('Parking…');
});

test('six live calls are all in sight', async ({ page }) => {
  const fake = await Fake.open(page);
  const names = ['Anna', 'Boris', 'Carl', 'Dora', 'Emil', 'Frida'];
  await fake.show({ calls: names.map(ringing) });
  await expect(page.locator('valet-calls').getByText('Frida')).toBeVisible();
  const list = page.locator('valet-calls ul');
  await expect
    .poll(() => list.evaluate((ul) => ul.scrollHeight - ul.clientHeight))
    .toBeLessThanOrEqual(0);
});

test('Escape in the search ends the search, and not an urgent message', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(2, 'Anna'), held(6, 'Boris', { mine: true, returnsAt: 9_000 })] });
  await fake.due([6, 9_000]);
  await page.getByRole('searchbox').fill('Anna');
  await page.clock.runFor(1_000);
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('gridcell')).toHaveCount(9);
  await expect(fake.toast).toContainText('About to return: slot 6 Boris');
});

test('a park ends the search, so that the whole board is in sight', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(2, 'Anna')], calls: [{ caller: caller('Boris') }] });
  await page.getByRole('searchbox').fill('Anna');
  await page.clock.runFor(1_000);
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await pressPark(page);
  await expect.poll(() => fake.commands()).toEqual(['park call-1']);
  await expect(page.getByRole('gridcell')).toHaveCount(9);
  await expect(page.getByRole('searchbox')).toHaveValue('');
});

test('the fields after a park belong to the parked call, and keep what was typed before', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(4, 'Anna')], calls: [{ caller: caller('Boris') }] });
  await page.clock.runFor(1_000);
  const whom = page.getByRole('textbox', { name: 'For whom' });
  await fake.tile(4).focus();
  await page.keyboard.press('n');
  await whom.fill('Keller');
  await pressPark(page);
  await fake.show({ slots: [held(1, 'Boris')], calls: [] });
  await expect(fake.toast).toContainText('Boris, call on 1');
  await expect(fake.toast).not.toContainText('Note for slot 4');
  await expect(whom).toHaveValue('');
  await whom.fill('Petrov');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => fake.commands())
    .toEqual(['park call-1', 'annotate 1 {"note":null,"for":"Petrov"}']);
  await fake.tile(4).focus();
  await page.keyboard.press('n');
  await expect(whom).toHaveValue('Keller');
});

test('for whom a call waits stands first', async ({ page }) => {
  const fake = await Fake.open(page);
  const texts = { mine: true, forWhom: 'Maria in accounts', note: 'a job' };
  await fake.show({ slots: [held(1, 'Anna', texts)] });
  const about = fake.tile(1).locator('.about');
  await expect(about).toHaveText(/^\s*for Maria in accounts\s+a job\s+★ Yours/);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(about.getByText('Maria in accounts')).toBeInViewport({ ratio: 1 });
});

test('a message stands beside the column of the calls', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ calls: [{ caller: caller('Anna') }] });
  await pressPark(page);
  const right = await page
    .locator('valet-calls')
    .evaluate((calls) => calls.getBoundingClientRect().right);
  await expect(page.getByRole('textbox', { name: 'For whom' })).toBeVisible();
  await expect
    .poll(() => fake.toast.evaluate((toast) => toast.getBoundingClientRect().left))
    .toBeGreaterThan(right);
});

test('on a phone the edge of the card before a call that is back is in sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const fake = await Fake.open(page);
  await page.evaluate(() => (window.lot.answer = () => {}));
  await fake.show({ calls: [ringing('Anna'), ringing('Boris')] });
  await fake.show({
    calls: [
      ringing('Anna'),
      ringing('Boris'),
      { ...ringing('Carl'), returnedFrom: { slot: 1, waitedMs: 180_000 } },
    ],
  });
  const cards = page.locator('valet-calls li');
  await expect(cards.nth(2)).toBeInViewport({ ratio: 0.99 });
  await expect
    .poll(() => cards.nth(1).evaluate((card) => card.getBoundingClientRect().right))
    .toBeGreaterThan(20);
});

test.describe('a browser in Britain', () => {
  test.use({ locale: 'en-GB', timezoneId: 'UTC' });

  test('shows times and dates in its own form', async ({ page }) => {
    const fake = await Fake.open(page);
    await page.clock.setFixedTime(new Date('2026-11-28T13:22:36Z'));
    await fake.departed({ slot: 2, caller: caller('Anna'), reason: 'abandoned' });
    await page.getByRole('button', { name: 'History' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('13:22:36');
    await expect(dialog).toContainText('28 November 2026');
  });
});
