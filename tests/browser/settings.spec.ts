// How somebody likes the panel: chosen in the dialogue, at once, and kept in the browser.

import { expect, test } from './fixture.ts';

test('speaks Russian as soon as that is chosen, and after a reload', async ({ panel, pbx }) => {
  const { page } = panel;
  await panel.set('Language', 'ru');
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

test('the page speaks the language of the browser, or the one in the address', async ({
  browser,
  pbx,
}) => {
  for (const [locale, query, title] of [
    ['ru-RU', '', 'Припаркованные вызовы'],
    ['en-GB', '&lang=ru', 'Припаркованные вызовы'],
    ['de-DE', '', 'Parked calls'],
  ] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(`${pbx.url}/?extension=341${query}`);
    await expect(page.getByRole('grid', { name: title })).toBeVisible();
    await expect(page).toHaveTitle(title);
    await context.close();
  }
});

test('puts 7 8 9 on top, as on a keyboard', async ({ panel }) => {
  const slots = (): Promise<string[]> => panel.board.locator('.slot').allTextContents();
  expect((await slots()).join('')).toBe('123456789');
  await panel.set('Order of the slots', 'keypad');
  await expect.poll(async () => (await slots()).join('')).toBe('789456123');
  await panel.slot(7).focus();
  await panel.page.keyboard.press('ArrowDown');
  await expect(panel.slot(4)).toBeFocused();
});

test('is dark or light by choice, whatever the system is', async ({ panel }) => {
  const ground = (): Promise<string> =>
    panel.slot(1).evaluate((tile) => getComputedStyle(tile).color);
  const light = await ground();
  await panel.set('Colours', 'dark');
  await expect.poll(ground).not.toBe(light);
  await panel.set('Colours', 'light');
  await expect.poll(ground).toBe(light);
});

test('is larger by choice, and goes back to how it was at first', async ({ panel }) => {
  const { page } = panel;
  const height = async (): Promise<number> => (await panel.slot(1).boundingBox())?.height ?? 0;
  const usual = await height();
  await panel.set('Size', 'large');
  await expect.poll(height).toBeGreaterThan(usual * 1.15);
  await panel.button('Settings').click();
  await panel.button('Reset').click();
  await panel.button('Close').click();
  await expect.poll(height).toBe(usual);
  expect(await page.evaluate(() => localStorage.getItem('valet-park settings'))).toBeNull();
});

test('is a list that can be searched, the most urgent first', async ({ panel, pbx }) => {
  const { page } = panel;
  for (const [slot, name, number] of [
    [7, 'Anna Petrova', '+7 495 123-45-67'],
    [2, 'Jörg Weiß', '+49 30 23125 014'],
  ] as const) {
    const { call } = pbx.exchange.ring('34414', number, name);
    pbx.exchange.answer(call);
    pbx.exchange.ask({ extension: '34414', call, action: 'park', slot });
    await expect(panel.slot(slot)).toHaveAccessibleName(new RegExp(name));
    await panel.later(10_000);
  }
  await panel.set('Layout', 'list');
  const slots = panel.board.locator('.slot');
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
  await expect(page.locator('valet-board').getByRole('status')).toHaveText('Nothing found');
});

test('another tab of the same browser follows', async ({ panel, context, pbx }) => {
  const other = await context.newPage();
  await other.goto(`${pbx.url}/?extension=341`);
  await expect(other.getByRole('grid', { name: 'Parked calls' })).toBeVisible();
  await panel.set('Language', 'ru');
  await expect(other.getByRole('grid', { name: 'Припаркованные вызовы' })).toBeVisible();
});

test('what is stored may be anything', async ({ page, pbx }) => {
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

test('goes back to the language of the page, wherever that was chosen', async ({
  panel,
  context,
  pbx,
}) => {
  const { page } = panel;
  await panel.set('Language', 'ru');
  await expect(page).toHaveTitle('Припаркованные вызовы');
  const other = await context.newPage();
  await other.goto(`${pbx.url}/?extension=341`);
  await expect(other).toHaveTitle('Припаркованные вызовы');
  await page.getByRole('button', { name: 'Настройки' }).click();
  await page.getByRole('dialog').getByLabel('Язык').selectOption('auto');
  for (const each of [page, other]) {
    await expect(each).toHaveTitle('Parked calls');
    await expect(each.locator('html')).toHaveAttribute('lang', 'en');
    await expect(each.getByRole('button', { name: 'Ring 341' })).toBeAttached();
  }
});
