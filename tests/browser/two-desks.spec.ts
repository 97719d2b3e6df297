import { expect, Panel, test } from './fixture.ts';

test('two desks see the same lot, and each its own calls', async ({
  panel,
  page,
  context,
  pbx,
}) => {
  const sales = await new Panel(await context.newPage()).open('200');
  await panel.talk('Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.status).toHaveText('Parked in slot 6');
  await expect(sales.page.locator('valet-calls')).toContainText('No calls');

  await sales.talk('Jörg Weiß', '+49 30 23125 014');
  await sales.slot(6).focus();
  await sales.page.keyboard.press('c');
  await expect(sales.slot(6)).toHaveAccessibleName(
    /^Slot 6, Anna Petrova, .*, parked by Reception, returns in 3 minutes$/,
  );
  await expect(sales.slot(6)).not.toContainText('Yours');

  // A call that another desk has parked needs a second press.
  const bridge = sales.button(/^Send to .*, slot 6$/);
  await sales.advance();
  await bridge.click();
  await expect(sales.button(/^Send .*\?$/)).toBeFocused();
  await sales.page.keyboard.press('Escape');
  await expect(sales.button(/^Pick up .*, slot 6$/)).toBeFocused();
  expect(sales.commands()).toEqual([]);
  await bridge.click();
  await sales.button(/^Send .*\?$/).click();
  await expect(sales.slot(6)).toHaveAccessibleName('Slot 6, free');
  expect(sales.commands()).toEqual(['{"action":"bridge","slot":"6"}']);
  expect(sales.requests.every(({ extension }) => extension === '32494')).toBe(true);

  for (const [desk, how] of [
    [panel, 'Anna Petrova was connected by Sales'],
    [sales, 'Sales sent Anna Petrova to .*'],
  ] as const) {
    const departures = desk.page.locator('valet-departures').getByRole('listitem');
    await expect(departures).toHaveText([new RegExp(`Slot 6: ${how}\\s+·\\s+Parked by Reception`)]);
  }

  await page.bringToFront();
  await panel.talk('John Carter', '+44 20 7946 0123');
  await panel.slot(6).focus();
  await panel.page.keyboard.press('c');
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');
  expect(pbx.exchange.calls().map(({ name, state }) => [name, state])).toEqual([
    ['Anna Petrova', 'bridged'],
    ['Jörg Weiß', 'talking'],
    ['John Carter', 'talking'],
  ]);
});

test('an address with an unknown extension shows links to the known ones', async ({ page }) => {
  await page.goto('/?extension=999');
  await expect(page.getByRole('status')).toHaveText(
    'There is no extension 999: choose one of these',
  );
  await page.getByRole('link', { name: 'Sales (200)' }).click();
  await page.getByRole('button', { name: /^Try it$/ }).click();
  await expect(page.getByRole('link', { name: 'Sales (200)' })).toHaveAttribute(
    'aria-current',
    'page',
  );
});

test('a page that cannot load the core says so', async ({ page }) => {
  const nothing = { status: 200, contentType: 'application/wasm', body: '' };
  await page.route('**/*.wasm', (route) => route.fulfill(nothing));
  await page.route(/\/inlined[^/]*\.js$/, (route) =>
    route.fulfill({ status: 200, contentType: 'text/javascript', body: 'export default "";' }),
  );
  await page.goto('/');
  await expect(page.getByRole('status')).toHaveText('The panel could not load its core');
});
