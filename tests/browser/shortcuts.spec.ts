// Keys that run commands, and changing them.

import { expect, Panel, test } from './fixture.ts';

/** Presses a key of a Russian keyboard: the same code with another letter. */
async function pressRussian(panel: Panel, code: string, key: string): Promise<void> {
  await panel.page.evaluate(
    ({ code, key }) => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      const init = { code, key, bubbles: true, composed: true, cancelable: true };
      at?.dispatchEvent(new KeyboardEvent('keydown', init));
    },
    { code, key },
  );
}

test('parks, bridges and parks again by keyboard', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.slot(1).focus();
  await page.keyboard.press('Shift+Digit6');
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova.*parked by you/);
  await expect(panel.slot(6)).toBeFocused();

  await panel.connect(pbx, 'Jörg Weiß', '+49 30 23125 014');
  await panel.slot(1).focus();
  await panel.advance();
  await page.keyboard.press('c');
  await expect(panel.status).toHaveText(/Slot 1 is free/);
  await page.keyboard.press('F8');
  await expect(panel.slot(6)).toBeFocused();
  await expect(panel.status).toContainText('Slot 6: Anna Petrova. Press F8 again');
  expect(panel.commands()).toHaveLength(1);
  await page.keyboard.press('b');
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');

  await panel.connect(pbx, 'Marie Dubois', '+33 1 99 00 12 34');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toHaveAccessibleName(/parked by you/);
  expect(panel.commands()).toEqual([
    '{"action":"park","slot":"6"}',
    '{"action":"bridge","slot":"6"}',
    '{"action":"park"}',
  ]);
});

test('a letter key works by its place, on any keyboard layout', async ({ panel, pbx }) => {
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.slot(2).focus();
  await pressRussian(panel, 'KeyC', 'с');
  await expect(panel.status).toHaveText('Slot 2 is free');
  await pressRussian(panel, 'KeyB', 'и');
  await expect(panel.status).toHaveText('Slot 2 is empty');
  await pressRussian(panel, 'KeyI', 'ш');
  await expect(panel.page.getByRole('dialog', { name: 'Slot 2' })).toBeVisible();
});

test('a key opens the list of keys, where a command gets another key', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.slot(1).focus();
  await page.keyboard.press('Shift+Slash');
  const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
  await dialog.getByRole('button', { name: /^Park in any slot: F9/ }).click();
  await page.keyboard.press('F8');
  await expect(dialog.getByRole('status')).toHaveText('This key is already in use');
  await page.keyboard.press('F4');
  await expect(dialog.getByRole('button', { name: /^Park in any slot: F4/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await expect(panel.button(/^Park$/)).toHaveAttribute('aria-keyshortcuts', 'F4');
  await panel.slot(1).focus();
  await page.keyboard.press('F9');
  await page.keyboard.press('F4');
  await expect(panel.status).toHaveText('Parked in slot 1');
  expect(panel.commands()).toEqual(['{"action":"park"}']);
});

test('single-character keys can be switched off, and then are not announced', async ({ panel }) => {
  const { page } = panel;
  await expect(panel.slot(3)).toHaveAttribute('aria-keyshortcuts', '3');
  await panel.choose('Single-character keys', false);
  await expect(panel.slot(3)).not.toHaveAttribute('aria-keyshortcuts', /./);
  await panel.slot(1).focus();
  for (const key of ['3', 'i', 'Shift+Slash']) await page.keyboard.press(key);
  await expect(panel.slot(1)).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a letter does nothing without the focus on the board', async ({ panel }) => {
  await panel.button('More').focus();
  await panel.page.keyboard.press('i');
  await panel.page.keyboard.press('Slash');
  await expect(panel.page.getByRole('dialog')).toHaveCount(0);
  await expect(panel.button('More')).toBeFocused();
});

test('a slash opens the search', async ({ panel }) => {
  await panel.slot(1).focus();
  await panel.page.keyboard.press('Slash');
  await expect(panel.page.getByRole('searchbox')).toBeFocused();
  await panel.page.keyboard.type('12');
  await expect(panel.page.getByRole('searchbox')).toHaveValue('12');
});

test('Shift and the digit of a taken slot do not park', async ({ panel, pbx }) => {
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.slot(1).focus();
  await panel.page.keyboard.press('Shift+Digit2');
  await expect(panel.slot(2)).toHaveAccessibleName(/Anna Petrova/);
  await panel.connect(pbx, 'Jörg Weiß', '+49 30 23125 014');
  await panel.page.keyboard.press('Shift+Digit2');
  await expect(panel.status).toHaveText('Slot 2 is already taken');
  expect(panel.commands()).toEqual(['{"action":"park","slot":"2"}']);
});

test('F8 and a digit reveal a tile that the search hides', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.slot(1).focus();
  await page.keyboard.press('Shift+Digit6');
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await page.keyboard.press('Slash');
  await page.keyboard.type('8');
  await expect(panel.slot(6)).toHaveCount(0);
  await page.keyboard.press('F8');
  await expect(panel.slot(6)).toBeFocused();
  await page.keyboard.press('Slash');
  await page.keyboard.type('8');
  await panel.slot(8).focus();
  await page.keyboard.press('7');
  await expect(panel.slot(7)).toBeFocused();
});

test('Escape ends a search, and a search does not change the layout setting', async ({ panel }) => {
  const { page } = panel;
  await panel.slot(1).focus();
  await page.keyboard.press('Slash');
  await page.keyboard.type('1');
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await panel.choose('Colours', 'dark');
  await panel.slot(1).focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('gridcell')).toHaveCount(9);
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(panel.slot(1)).toBeFocused();
  const stored = await page.evaluate(() => localStorage.getItem('valet-park settings'));
  expect(JSON.parse(stored ?? '')).toEqual({ theme: 'dark' });
});

test('an editing key works in a text field even if it is set for a command', async ({ panel }) => {
  const { page } = panel;
  await panel.menu('Shortcuts');
  const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
  await dialog.getByRole('button', { name: /^Details of the slot/ }).click();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await panel.slot(1).focus();
  await page.keyboard.press('Slash');
  await page.keyboard.type('1');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('F9 and F8 work wherever the focus is', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toHaveAccessibleName(/Anna Petrova/);
  await page.keyboard.press('F8');
  await expect(panel.slot(1)).toBeFocused();
});
