import { expect, test } from './fixture.ts';

test('parks and bridges without a mouse', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');

  await panel.slot(1).focus();
  await page.keyboard.press('6');
  await expect(panel.slot(6)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova.*parked by you/);
  await expect(panel.slot(6)).toBeFocused();

  await panel.connect(pbx, 'Jörg Weiß', '+49 30 23125 014');
  await expect(panel.call(/^Jörg Weiß.*Talking$/)).toBeChecked();
  await panel.advance();
  await page.keyboard.press('b');
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');
  await expect(panel.slot(6)).toBeFocused();
  expect(panel.commands()).toEqual([
    '{"action":"park","slot":"6"}',
    '{"action":"bridge","slot":"6"}',
  ]);
});

test('arrows, Home, End and digits move over the board', async ({ panel }) => {
  const { page } = panel;
  await panel.slot(1).focus();
  const steps: readonly (readonly [key: string, slot: number])[] = [
    ['ArrowRight', 2],
    ['ArrowDown', 5],
    ['ArrowDown', 8],
    ['ArrowDown', 8],
    ['ArrowLeft', 7],
    ['ArrowUp', 4],
    ['End', 9],
    ['ArrowRight', 9],
    ['Home', 1],
    ['ArrowUp', 1],
    ['3', 3],
    ['Numpad8', 8],
  ];
  for (const [key, slot] of steps) {
    await page.keyboard.press(key);
    await expect(panel.slot(slot), key).toBeFocused();
  }
});

test('up and down follow the visible rows on a phone', async ({ panel }) => {
  const { page } = panel;
  await page.setViewportSize({ width: 380, height: 800 });
  await expect(panel.board.getByRole('row')).toHaveCount(5);
  await panel.slot(1).focus();
  await page.keyboard.press('ArrowDown');
  await expect(panel.slot(3)).toBeFocused();
  const target = await panel.button('Check slot 2').boundingBox();
  expect(Math.min(target?.width ?? 0, target?.height ?? 0)).toBeGreaterThanOrEqual(44);
});

test('Tab reaches the tile used last and its buttons', async ({ panel }) => {
  const { page } = panel;
  await panel.slot(1).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await expect(panel.button('Park here, slot 2')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(panel.button('Check slot 2')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(panel.button('Details of slot 2')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(panel.board.locator(':focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(panel.slot(2)).toBeFocused();
});

test('a digit in a text field types the digit', async ({ panel }) => {
  const number = panel.page.getByRole('textbox', { name: 'Number' });
  await number.fill('');
  await number.pressSequentially('123');
  await expect(number).toHaveValue('123');
  await expect(number).toBeFocused();
});

test('a press that does nothing says why', async ({ panel }) => {
  const { page } = panel;
  await panel.slot(1).focus();
  await page.keyboard.press('F9');
  await expect(panel.status).toHaveText('Take or make a call first');
  await panel.ring('Anna Petrova', '+7 495 123-45-67');
  await expect(panel.call(/Ringing$/)).toBeChecked();
  await panel.slot(4).focus();
  await page.keyboard.press('Enter');
  await expect(panel.status).toHaveText('Answer the call first');
  await expect(panel.button('Park here, slot 4')).toHaveAccessibleDescription(
    'Answer the call first',
  );
  expect(panel.commands()).toEqual([]);
});

test('a press is ignored just after the tile has changed', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.connect(pbx, 'Jörg Weiß', '+49 30 23125 014');
  await panel.call(/^Anna Petrova/).check();
  await panel.slot(6).focus();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.press('Enter');
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova.*parked by you/);
  await page.keyboard.press('Enter');
  await expect(panel.status).toHaveText(
    'Slot 6 has just changed. Press again if you mean this call',
  );
  await page.clock.resume();
  expect(panel.commands()).toEqual(['{"action":"park","slot":"6"}']);
});

test('Escape closes the tools of the demo and moves the focus to its button', async ({ panel }) => {
  const { page } = panel;
  const toggle = panel.button(/^Try it$/);
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  await page.getByRole('textbox', { name: 'Name' }).focus();
  await page.keyboard.press('Escape');
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await expect(toggle).toBeFocused();
  await expect(page.getByRole('complementary')).toBeHidden();
});

test('the focus stays on its tile when the number of columns changes', async ({ panel }) => {
  const { page } = panel;
  await page.setViewportSize({ width: 1280, height: 900 });
  await panel.slot(5).focus();
  await page.setViewportSize({ width: 420, height: 900 });
  await expect.poll(() => panel.board.getByRole('row').count()).toBe(5);
  await expect(panel.slot(5)).toBeFocused();
});

test('the page gets an Escape only if the panel has not used it', async ({ panel }) => {
  const { page } = panel;
  await page.evaluate(() => {
    document.addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (key === 'Escape') document.title = String(defaultPrevented);
    });
  });
  await panel.slot(1).focus();
  await page.keyboard.press('Slash');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page).toHaveTitle('true');
  await page.keyboard.press('Escape');
  await expect(page).toHaveTitle('false');
});
