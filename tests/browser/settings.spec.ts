// Settings: chosen in the dialog, applied at once, and kept in the browser.

import { chooseFromMenu, expect, test } from './fixture.ts';

test('the panel is in Russian as soon as that is chosen, and after a reload', async ({
  panel,
  pbx,
}) => {
  const { page } = panel;
  await panel.choose('Language', 'ru');
  await expect(page.getByRole('grid', { name: 'Припаркованные вызовы' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(page.getByRole('button', { name: 'Позвонить на 341' })).toBeVisible();
  pbx.exchange.answer(pbx.exchange.ring('34414', '+7 495 123-45-67', 'Анна').call);
  await page.getByRole('button', { name: 'Поставить сюда, слот 6' }).click();
  await expect(page.getByRole('gridcell', { name: /^Слот 6/ })).toHaveAccessibleName(
    'Слот 6, Анна, +7 495 123-45-67, поставлен вами, возврат через 3 минуты',
  );
  await expect(page.locator('valet-lot')).toContainText('1 припаркованный вызов');
  await page.reload();
  await expect(page.getByRole('grid', { name: 'Припаркованные вызовы' })).toBeVisible();
});

test('the language is the one in the address, else the one of the browser', async ({
  browser,
  pbx,
}) => {
  for (const [locale, query, title] of [
    ['ru-RU', '', 'Припаркованные вызовы'],
    ['en-GB', '&lang=ru', 'Припаркованные вызовы'],
    ['nl-NL', '', 'Parked calls'],
    ['de-AT', '', 'Geparkte Anrufe'],
  ] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(`${pbx.url}/?extension=341${query}`);
    await expect(page.getByRole('grid', { name: title })).toBeVisible();
    await expect(page).toHaveTitle(title);
    await context.close();
  }
});

test('the order `keypad` puts 7 8 9 at the top', async ({ panel }) => {
  const slots = (): Promise<string[]> => panel.board.locator('.slot').allTextContents();
  expect((await slots()).join('')).toBe('123456789');
  await panel.choose('Order of the slots', 'keypad');
  await expect.poll(async () => (await slots()).join('')).toBe('789456123');
  await panel.slot(7).focus();
  await panel.page.keyboard.press('ArrowDown');
  await expect(panel.slot(4)).toBeFocused();
});

test('the chosen theme overrides the theme of the system', async ({ panel }) => {
  const ground = (): Promise<string> =>
    panel.slot(1).evaluate((tile) => getComputedStyle(tile).color);
  const light = await ground();
  await panel.choose('Colours', 'dark');
  await expect.poll(ground).not.toBe(light);
  await panel.choose('Colours', 'light');
  await expect.poll(ground).toBe(light);
});

test('the chosen size applies, and Reset restores the default', async ({ panel }) => {
  const { page } = panel;
  const height = async (): Promise<number> => (await panel.slot(1).boundingBox())?.height ?? 0;
  const usual = await height();
  await panel.choose('Size', 'large');
  await expect.poll(height).toBeGreaterThan(usual * 1.15);
  await panel.menu('Settings');
  await panel.button('Reset').click();
  await panel.button('Close').click();
  await expect.poll(height).toBe(usual);
  expect(await page.evaluate(() => localStorage.getItem('valet-park settings'))).toBeNull();
});

test('the list can be searched, and shows the most urgent call first', async ({ panel, pbx }) => {
  const { page } = panel;
  for (const [slot, name, number] of [
    [7, 'Anna Petrova', '+7 495 123-45-67'],
    [2, 'Jörg Weiß', '+49 30 23125 014'],
  ] as const) {
    const { call } = pbx.exchange.ring('34414', number, name);
    pbx.exchange.answer(call);
    pbx.exchange.ask({ extension: '34414', call, action: 'park', slot });
    await expect(panel.slot(slot)).toHaveAccessibleName(new RegExp(name));
    await panel.advance(10_000);
  }
  await panel.choose('Layout', 'list');
  const slots = panel.board.locator('valet-tile:visible .slot');
  await expect(slots.first()).toHaveText('7');
  await expect(slots.nth(1)).toHaveText('2');
  const search = page.getByRole('searchbox');
  for (const [sought, found] of [
    ['weiß', '2'],
    ['7495123', '7'],
    ['reception', '72'],
    ['9', '729'],
  ] as const) {
    await search.fill(sought);
    await expect
      .poll(async () => (await slots.allTextContents()).sort().join(''))
      .toBe(found.split('').sort().join(''));
  }
  await search.fill('nobody of that name');
  await expect(page.locator('valet-bar').getByRole('status')).toHaveText('Nothing found');
});

test('settings apply to other tabs of the browser', async ({ panel, context, pbx }) => {
  const other = await context.newPage();
  await other.goto(`${pbx.url}/?extension=341`);
  await expect(other.getByRole('grid', { name: 'Parked calls' })).toBeVisible();
  await panel.choose('Language', 'ru');
  await expect(other.getByRole('grid', { name: 'Припаркованные вызовы' })).toBeVisible();
});

test('invalid stored settings are ignored', async ({ page, pbx }) => {
  for (const stored of [
    '{',
    'null',
    '{"language":7,"map":"x","layout":"<b>"}',
    '{"map":{"look":1}}',
  ]) {
    await page.addInitScript((text) => localStorage.setItem('valet-park settings', text), stored);
    await page.goto(`${pbx.url}/?extension=341`);
    await expect(page.getByRole('grid', { name: 'Parked calls' })).toBeVisible();
  }
});

test('the language "Same as the page" restores the language of the page in all tabs', async ({
  panel,
  context,
  pbx,
}) => {
  const { page } = panel;
  await panel.choose('Language', 'ru');
  await expect(page).toHaveTitle('Припаркованные вызовы');
  const other = await context.newPage();
  await other.goto(`${pbx.url}/?extension=341`);
  await expect(other).toHaveTitle('Припаркованные вызовы');
  await chooseFromMenu(page, 'Настройки');
  await page.getByRole('dialog').getByLabel('Язык').selectOption('auto');
  for (const each of [page, other]) {
    await expect(each).toHaveTitle('Parked calls');
    await expect(each.locator('html')).toHaveAttribute('lang', 'en');
    await expect(each.getByRole('button', { name: 'Try it', exact: true })).toBeAttached();
  }
});
