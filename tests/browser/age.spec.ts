// Old and pending states: a slot that is not confirmed is grey and shows its age, and a command shows
// from the press on.

import { violationsIn } from './axe.ts';
import { Fake, caller, held } from './fake.ts';
import { expect, Panel, test } from './fixture.ts';

const stale = { confirmed: false, checkedAt: -42_000 } as const;

/** Shows slots that are held, free and returning, all of them 42 seconds old. */
async function showOldSlots(fake: Fake): Promise<void> {
  await fake.show({
    slots: [
      { slot: 1, state: 'free', ...stale },
      held(2, 'Anna Petrova', { ...stale, parkedBy: '32494' }),
      held(3, 'Jörg Weiß', { ...stale, mine: true, parkedBy: '34414' }),
      held(4, 'Marie', { ...stale, state: 'returning', returnsAt: -1_000 }),
      { slot: 5, state: 'free', confirmed: false, checkedAt: null },
    ],
    calls: [{ caller: caller('Grete') }],
    sync: { state: 'blind' },
  });
}

test('a slot that is not confirmed shows its age, updated once a second', async ({ page }) => {
  const fake = await Fake.open(page);
  await page.clock.pauseAt(Date.now() + 60_000);
  await showOldSlots(fake);
  for (const slot of [1, 2, 3, 4]) {
    await expect(fake.tile(slot).locator('.age')).toHaveText('as of 0:42 ago');
  }
  await page.clock.runFor(1_000);
  await expect(fake.tile(2).locator('.age')).toHaveText('as of 0:43 ago');
  await page.clock.runFor(60_000);
  await expect(fake.tile(1).locator('.age')).toHaveText('as of 1:43 ago');
  await page.evaluate(() => (window.lot.lang = 'ru'));
  await expect(fake.tile(2).locator('.age')).toHaveText('как было 1:43 назад');
});

test('the accessible name of a slot says its age in steps of ten seconds', async ({ page }) => {
  const fake = await Fake.open(page);
  await page.clock.pauseAt(Date.now() + 60_000);
  await showOldSlots(fake);
  const names = async (): Promise<(string | null)[]> =>
    Promise.all([1, 2, 4, 5].map((slot) => fake.content(slot).getAttribute('aria-label')));
  const number = '+7 495 123-45-67';
  expect(await names()).toEqual([
    'Slot 1, was free, as of 40 seconds ago',
    `Slot 2, Anna Petrova, ${number}, parked by Sales, returns in 2 minutes, as of 40 seconds ago`,
    `Slot 4, Marie, ${number}, parked elsewhere, returning, waits longest, as of 40 seconds ago`,
    'Slot 5, free, not confirmed yet',
  ]);
  await page.clock.runFor(39_000);
  expect((await names())[0]).toBe('Slot 1, was free, as of 1 minute 20 seconds ago');
  await page.evaluate(() => (window.lot.lang = 'ru'));
  await expect(fake.content(1)).toHaveAttribute(
    'aria-label',
    'Слот 1, был свободен, как было 1 минуту 20 секунд назад',
  );
});

test('a confirmed slot shows no age, and its DOM does not change as time passes', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [{ slot: 1, state: 'free', checkedAt: -42_000 }] });
  await expect(fake.tile(1).locator('.age')).toHaveCount(0);
  await expect(fake.content(1)).toHaveAttribute('aria-label', 'Slot 1, free');
  const written = await page.evaluate(async () => {
    const board = window.lot.shadowRoot?.querySelector('valet-board')?.shadowRoot;
    const tile = board?.querySelector('valet-tile')?.shadowRoot;
    let count = 0;
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    if (tile) new MutationObserver(({ length }) => (count += length)).observe(tile, all);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    return count;
  });
  expect(written).toBe(0);
});

for (const layout of ['board', 'list', 'dock'] as const) {
  test(`the ${layout} distinguishes an old slot from a fresh one not only by colour`, async ({
    page,
  }) => {
    const fake = await Fake.open(page, { layout });
    await page.emulateMedia({ colorScheme: 'light' });
    await showOldSlots(fake);
    await fake.show({
      slots: [held(7, 'Fresh Caller', { mine: true }), { slot: 8, state: 'free' }],
    });
    const looks = (slot: number, part: string): Promise<string[]> =>
      fake
        .tile(slot)
        .locator(part)
        .evaluate((each) => {
          const { color, fontStyle } = getComputedStyle(each);
          return [color, fontStyle];
        });
    const quiet = 'rgb(91, 100, 114)';
    const at = async (slot: number): Promise<number> => {
      const slots = await page
        .locator('valet-tile .slot')
        .evaluateAll((all) => all.map((each) => Number(each.textContent)));
      return slots.indexOf(slot) + 1;
    };
    const staleHeld = await at(3);
    const freshHeld = await at(7);
    const staleFree = await at(1);
    const freshFree = await at(8);
    expect(await looks(staleHeld, '.name')).toEqual([quiet, 'italic']);
    expect(await looks(staleHeld, '.time')).toEqual([quiet, 'italic']);
    expect(await looks(freshHeld, '.name')).toEqual(['rgb(20, 24, 31)', 'normal']);
    await expect(fake.tile(staleFree).locator('.name')).toHaveText('Was free');
    await expect(fake.tile(freshFree).locator('.name')).toHaveText('Free');
    await expect(fake.tile(staleHeld)).toHaveCSS('border-style', 'dashed');
    await expect(fake.tile(freshHeld)).toHaveCSS('border-style', 'solid');
    await expect(fake.tile(staleFree)).toHaveCSS('border-style', 'dashed');
    // A chip of the dock has no room for the age. The name that is read aloud says it.
    for (const slot of layout === 'dock' ? [] : [staleHeld, staleFree]) {
      await expect(fake.tile(slot).locator('.age')).toBeVisible();
    }
  });
}

for (const [layout, colorScheme, lang] of [
  ['board', 'light', 'en'],
  ['board', 'dark', 'ru'],
  ['list', 'dark', 'en'],
  ['dock', 'light', 'ru'],
] as const) {
  test(`old and pending, ${layout}, ${colorScheme}, ${lang}: axe finds no violation`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const fake = await Fake.open(page, { layout, lang, theme: colorScheme });
    await showOldSlots(fake);
    await fake.show({
      slots: [
        { slot: 6, state: 'free', pending: 'parking' },
        held(7, 'Boris', { pending: 'bridging' }),
        held(8, 'Carla', { ...stale, pending: 'bridging' }),
      ],
      calls: [{ caller: caller('Grete'), pending: 'parking' }],
    });
    expect(await violationsIn(page)).toEqual([]);
  });
}

test('forced colours keep the difference between an old slot and a fresh one', async ({ page }) => {
  const fake = await Fake.open(page);
  await page.emulateMedia({ forcedColors: 'active' });
  await showOldSlots(fake);
  await expect(fake.tile(2)).toHaveCSS('border-style', 'dashed');
  await expect(fake.tile(6)).toHaveCSS('border-style', 'solid');
  await expect(fake.tile(2).locator('.age')).toBeVisible();
});

test('the details say that a slot is not confirmed', async ({ page }) => {
  const fake = await Fake.open(page);
  await showOldSlots(fake);
  await page.getByRole('button', { name: 'Details of slot 2' }).click();
  await expect(page.getByRole('dialog')).toContainText('Not confirmed');
});

test('a pending command shows in the tile, whatever its state, and at the call', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  await fake.show({
    slots: [
      { slot: 1, state: 'free', pending: 'parking' },
      { slot: 2, state: 'unknown', pending: 'parking', confirmed: false, checkedAt: null },
      held(3, 'Anna', { pending: 'bridging' }),
      held(4, 'Boris', { ...stale, pending: 'bridging' }),
    ],
    calls: [
      { caller: caller('Grete'), pending: 'parking' },
      { caller: caller('Hans'), pending: 'bridging' },
      { caller: caller('Ida') },
    ],
  });
  for (const [slot, text, name] of [
    [1, 'Parking…', 'Slot 1, parking'],
    [2, 'Parking…', 'Slot 2, parking'],
    [3, 'Sending…', 'Slot 3, Anna, +7 495 123-45-67, sending'],
    [4, 'Sending…', 'Slot 4, Boris, +7 495 123-45-67, sending'],
  ] as const) {
    await expect(fake.tile(slot).locator('.time')).toHaveText(text);
    await expect(fake.content(slot)).toHaveAttribute('aria-label', name);
  }
  for (const name of ['Grete, +7 495 123-45-67, Parking…', 'Hans, +7 495 123-45-67, Sending…']) {
    await expect(page.getByRole('radio', { name })).toBeVisible();
  }
  await expect(page.locator('valet-calls .state')).toHaveText([
    'Parking…',
    'Sending…',
    'Talking · +7 495 123-45-67',
  ]);
});

test('a second press while a command is pending says to wait', async ({ page }) => {
  const fake = await Fake.open(page);
  const grete = { caller: caller('Grete'), pending: 'parking' } as const;
  await fake.show({
    slots: [{ slot: 1, state: 'free', pending: 'parking' }, held(3, 'Anna', { mine: true })],
    calls: [grete],
  });
  await page.clock.runFor(1_000);
  const reason = 'This is under way already';
  for (const button of [/^Park$/, 'Park here, slot 1', 'Park here, slot 5']) {
    await page.getByRole('button', { name: button }).click({ force: true });
    await expect(fake.status).toHaveText(reason);
  }
  await page.getByRole('button', { name: /^Send to .*Anna, slot 3$/ }).click({ force: true });
  await expect(fake.status).toHaveText(reason);
  expect(await fake.commands()).toEqual([]);
});

test('the dock shows the age of its information, too', async ({ page }) => {
  const fake = await Fake.open(page, { layout: 'dock' });
  await page.setViewportSize({ width: 1440, height: 300 });
  await page.clock.pauseAt(Date.now() + 60_000);
  await showOldSlots(fake);
  for (const slot of [1, 2, 3, 4]) {
    await expect(fake.tile(slot).locator('.age')).toHaveText('0:42 ago');
    await expect(fake.tile(slot).locator('.age')).toBeVisible();
    const fits = await fake
      .tile(slot)
      .locator('.about')
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
    expect(fits).toBe(true);
  }
  await page.clock.runFor(1_000);
  await expect(fake.tile(2).locator('.age')).toHaveText('0:43 ago');
  // A confirmed slot without a feed shows when it was checked.
  await fake.show({ slots: [held(2, 'Anna', { checkedAt: -40_000 })], sync: { state: 'asking' } });
  await expect(fake.tile(2).locator('.checked')).toHaveText('0:40 ago');
});

test('a confirmed call can be checked with the mouse, by a button that appears with it', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(2, 'Anna')] });
  await page.clock.runFor(1_000);
  const check = fake.tile(2).locator('.check');
  await page.mouse.move(0, 0);
  await expect(check).toHaveCSS('opacity', '0');
  await fake.tile(2).hover();
  await expect(check).toHaveCSS('opacity', '1');
  const box = await check.boundingBox();
  expect(box?.width).toBeGreaterThanOrEqual(28);
  await check.click();
  await expect(fake.status).toHaveText('Slot 2: Anna, +7 495 123-45-67 is waiting');
  expect(await fake.commands()).toEqual(['inspect 2']);
});

test('after a sleep of the machine the slots are confirmed again, also without a call', async ({
  page,
}) => {
  const panel = await new Panel(page).open('341', false);
  await expect(panel.slot(1)).toHaveAccessibleName('Slot 1, free');
  const feed = page.waitForResponse((response) => response.url().includes('/feed?'));
  await panel.advance(308_000);
  await feed;
  await expect(panel.slot(1)).toHaveAccessibleName('Slot 1, free');
  await expect(page.locator('valet-tile .age')).toHaveCount(0);
  await expect(page.locator('valet-sync')).toHaveText('Live');
});
