// Typed texts stay, a connected call is not selected, and the panel says nothing false offline.

import type { Page } from '@playwright/test';
import { Fake, caller, held } from './fake.ts';
import { expect, Panel, test } from './fixture.ts';

test.use({ reducedMotion: 'reduce' });

const mine = { mine: true, parkedBy: '34414' };
const whom = (page: Page) => page.locator('valet-notices input[name=for]');

/** Parks a call in slot 6 with the mouse. */
async function park(fake: Fake): Promise<void> {
  await fake.show({ calls: [{ caller: caller('Grete'), uuid: 'grete' }] });
  await fake.page.clock.runFor(1_000);
  await fake.tile(6).locator('.first').click();
  await fake.show({ slots: [held(6, 'Grete', mine)], calls: [] });
  await expect(fake.toast).toContainText('Grete, call on 6');
}

test('what a person types for a note stays when another call leaves', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(2, 'Boris', mine)] });
  await park(fake);
  await whom(page).click();
  await page.keyboard.type('Dr ');
  await fake.show({ slots: [{ slot: 2 }] });
  await fake.departed({ slot: 2, caller: caller('Boris'), reason: 'abandoned' });
  await page.clock.runFor(1_500);
  await expect(fake.toast).toContainText('Boris hung up');
  await expect(whom(page)).toBeFocused();
  await page.keyboard.type('Keller');
  await page.keyboard.press('Enter');
  await expect(fake.tile(6)).toContainText('for Dr Keller');
});

test('a park can be taken back for as long as it is announced', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.stopClock();
  await park(fake);
  const takeBack = fake.toast.getByRole('button', { name: 'Take back' });
  const before = await fake.toast.boundingBox();
  await page.clock.runFor(15_000);
  await expect(takeBack).toBeVisible();
  expect(await fake.toast.boundingBox()).toEqual(before);
  await takeBack.click();
  await expect(fake.toast).not.toContainText('Parked in slot');
  await expect.poll(() => fake.commands()).toContain('pickUp 6');
});

test('the board gets the focus of a message at the slot of the message', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(1, 'Boris', mine)] });
  await fake.tile(1).focus();
  await park(fake);
  await whom(page).fill('Petrov');
  await page.keyboard.press('Enter');
  await expect(fake.status).toHaveText('Noted for slot 6: for Petrov');
  await expect(fake.tile(6)).toBeFocused();
});

test('without a connection nothing says that the own telephone rings', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(3, 'Marie', mine)], sync: { state: 'offline' } });
  await fake.tile(3).focus();
  await page.keyboard.press('Enter');
  await expect(fake.status).toHaveText(
    'No connection to the switch: this caller cannot be reached now',
  );
  await expect(fake.tile(3)).not.toContainText('Your telephone rings');
  expect(await fake.commands()).toEqual([]);
});

test('a lost connection is reported as what a person cannot do', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.trouble('timed-out', 'failure');
  await expect(fake.status).toHaveText('No connection to the switch: nothing can be parked now');
});

test('a call that is connected with a caller is not selected by itself', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toHaveAccessibleName(/parked by you/);
  await panel.connect(pbx, 'Sales', '200');
  await panel.call(/^Sales/).check();
  await panel.advance();
  await page.getByRole('button', { name: /^Send to Sales/ }).click();
  await expect(panel.call(/Connected with Anna Petrova/)).toBeVisible();
  await expect(panel.call(/Connected with Anna Petrova/)).not.toBeChecked();
  await page.keyboard.press('F9');
  await expect(panel.status).toHaveText('Take or make a call first');
});

test('the page is not higher than the window', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await new Panel(page).open('341', false);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(800);
});

test('a call that rings shows its whole number', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const fake = await Fake.open(page);
  await fake.show({
    calls: [{ state: 'ringing', caller: caller('Ingrid', '+492041863691') }],
    slots: [held(1, '+495373084065', { caller: caller('', '+495373084065') })],
  });
  await page.evaluate(() => {
    (window as unknown as { lot: { answer: unknown } }).lot.answer = () => {};
  });
  const number = page.locator('valet-calls .number');
  await expect(number).toBeVisible();
  const isCut = (element: Element) =>
    element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1;
  expect(await number.evaluate(isCut)).toBe(false);
  // The dot before a number in a line of its own is out of sight.
  await expect(number.locator('bdi')).toBeInViewport({ ratio: 1 });
  expect(await fake.tile(1).locator('.name').evaluate(isCut)).toBe(false);
});

test('the keys about calls close the settings, and work', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('settings');
  await expect(page.getByRole('option', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(panel.slot(1)).toHaveAccessibleName(/Anna Petrova.*parked by you/);
  await expect(panel.slot(1)).toBeFocused();
});

test('a connected call stands below the calls that need a person', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toHaveAccessibleName(/parked by you/);
  await panel.connect(pbx, 'Sales', '200');
  await panel.advance();
  await page.getByRole('button', { name: /^Send to Sales/ }).click();
  await expect(panel.call(/Connected with Anna Petrova/)).toBeVisible();
  await panel.connect(pbx, 'Boris Fischer', '+49 30 23125 014');
  await expect(page.locator('valet-calls li')).toContainText(['Boris Fischer', 'Sales']);
  await expect(panel.call(/^Boris Fischer/)).toBeChecked();
});

test('a person who opens the history can type at once', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.departed({ slot: 2, caller: caller('Boris'), reason: 'abandoned' });
  await page.getByRole('button', { name: 'History' }).click();
  const search = page.getByRole('dialog').getByRole('searchbox');
  await expect(search).toBeFocused();
  await page.keyboard.type('Boris');
  await expect(search).toHaveValue('Boris');
});

test('a digit moves to its slot while nothing on the page has the focus', async ({ page }) => {
  const panel = await new Panel(page).open('341', false);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('3');
  await expect(panel.slot(3)).toBeFocused();
  await page.evaluate(() => {
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
  });
  await page.keyboard.press('4');
  await expect(page.locator('body > input')).toHaveValue('4');
  await expect(page.locator('body > input')).toBeFocused();
});

test('F2 answers the own telephone that rings for a pick-up first', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();
  pbx.exchange.ring('34414', '+49 30 23125 014', 'Boris Fischer');
  await expect(panel.call(/^Boris Fischer.*Ringing$/)).toBeVisible();
  await panel.advance();
  await page.keyboard.press('Enter');
  await expect(panel.call(/^Pick up 1.*Ringing$/)).toBeVisible();
  await panel.advance();
  await page.keyboard.press('F2');
  await expect(panel.call(/^Anna Petrova.*Talking$/)).toBeVisible();
  await expect(panel.call(/^Boris Fischer.*Ringing$/)).toBeVisible();
});

test('a call that is put back has its note again', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();
  await page.keyboard.press('n');
  await page.keyboard.type('Keller');
  await page.keyboard.press('Enter');
  await expect(panel.slot(1)).toContainText('for Keller');
  await panel.advance();
  await page.keyboard.press('Enter');
  await expect(panel.call(/^Pick up 1.*Ringing$/)).toBeVisible();
  await page.keyboard.press('F2');
  await expect(panel.call(/^Anna Petrova.*Talking$/)).toBeVisible();
  await page.getByRole('button', { name: 'Put back' }).click();
  await expect(panel.slot(1)).toContainText('for Keller');
});

test('a doubt about a command ends when a later change shows its result', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.stopClock();
  await fake.show({ slots: [held(3, 'Anna', mine)] });
  await page.clock.runFor(1_000);
  await fake.fail('unreachable', 'unclear');
  await fake.tile(3).focus();
  await page.keyboard.press('Enter');
  const doubt = 'It is not known whether Anna was picked up';
  await expect(fake.toast).toContainText(`${doubt}. Check before you try again`);
  // An old answer shows nothing about the command.
  await fake.show({ slots: [held(3, 'Anna', { ...mine, checkedAt: -5_000 })] });
  await page.clock.runFor(1_000);
  await expect(fake.toast).toContainText(doubt);
  await fake.show({ slots: [held(3, 'Anna', { ...mine, checkedAt: 0 })] });
  await expect(fake.toast).toContainText('Anna was not connected and still waits in slot 3');
  await expect(fake.toast).not.toContainText(doubt);
});

test('a doubt about a park ends when the slot shows the call', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.stopClock();
  const call = { caller: caller('Anna'), uuid: 'anna' };
  await fake.show({ calls: [call] });
  await page.clock.runFor(1_000);
  await fake.fail('unreachable', 'unclear');
  await fake.tile(6).locator('.first').click();
  await expect(fake.toast).toContainText('It is not known whether Anna was parked in slot 6');
  await page.clock.runFor(1_000);
  await fake.show({
    slots: [held(6, 'Anna', { ...mine, checkedAt: 0 })],
    calls: [{ ...call, state: 'parked', slot: 6 }],
  });
  await expect(fake.toast).toContainText('Anna was parked after all: slot 6');
});
