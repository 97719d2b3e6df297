// The keys right after a park, and the name of the slot above the fields for a note.

import { expect, Panel, test } from './fixture.ts';

test.use({ reducedMotion: 'reduce' });

test('after F9 the next keys are about the parked call', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();

  await panel.connect(pbx, 'Boris Fischer', '+49 30 23125 014');
  await page.keyboard.press('F9');
  await expect(panel.slot(2)).toBeFocused();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'For whom' })).toBeFocused();
  await page.keyboard.type('Keller');
  await page.keyboard.press('Enter');
  await expect(panel.status).toHaveText('Noted for slot 2: for Keller');
  await expect(panel.slot(1)).not.toContainText('Keller');
});

test('after F9 the first F8 only names the call', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();
  await panel.advance();
  await page.keyboard.press('F8');
  await expect(panel.status).toContainText('Slot 1: Anna Petrova. Press F8 again');
  expect(panel.commands()).toEqual(['{"action":"park"}']);
});

test('F9 leaves the focus in a text field', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  const search = page.getByRole('searchbox');
  await search.focus();
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toHaveAccessibleName(/parked by you/);
  await expect(page.getByText('Anna Petrova, call on 1', { exact: true })).toBeVisible();
  await expect(search).toBeFocused();
});

test('the fields for the note of another slot name this slot', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();
  await panel.connect(pbx, 'Boris Fischer', '+49 30 23125 014');
  await page.keyboard.press('F9');
  await expect(panel.slot(2)).toBeFocused();
  const notices = page.locator('valet-notices');
  await expect(notices.getByText('Boris Fischer, call on 2')).toBeVisible();
  await expect(notices.getByText(/^Note for slot/)).toHaveCount(0);
  await page.keyboard.press('1');
  await page.keyboard.press('n');
  await expect(notices.getByText('Note for slot 1')).toBeVisible();
});

test('the palette answers the call that rings, and takes a park back', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  pbx.exchange.ring('34414', '+7 495 123-45-67', 'Anna Petrova');
  await expect(panel.call(/Ringing$/)).toBeVisible();
  await panel.advance();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Anna');
  await expect(page.getByRole('option', { name: /Anna Petrova.*Ringing · Answer/ })).toBeVisible();
  await panel.advance();
  await page.keyboard.press('Enter');
  await expect(panel.call(/Talking$/)).toBeVisible();

  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('take back');
  await expect(page.getByRole('option', { name: /^Take back/ })).toBeVisible();
  await panel.advance();
  await page.keyboard.press('Enter');
  await expect(panel.slot(1)).toHaveAccessibleName(/^Slot 1, free|telephone rings/);
});
