// A question, a stage, a message and an age never change the size or the place of a tile.

import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

const long = 'Maximilian Schmidt-Rottluff von und zu Hohenlohe';

/** Returns the place and the size of every tile, and of the board. */
function places(fake: Fake): Promise<string> {
  return fake.page.evaluate(() => {
    const board = window.lot.shadowRoot?.querySelector('valet-board');
    const tiles = [...(board?.shadowRoot?.querySelectorAll('valet-tile') ?? [])];
    return [board, ...tiles]
      .map((each) => {
        const { x, y, width, height } = each?.getBoundingClientRect() ?? new DOMRect();
        return [x + scrollX, y + scrollY, width, height].map(Math.round).join(' ');
      })
      .join('\n');
  });
}

/** Waits for a frame. The clock of the page is a test clock, but its observers are real. */
function drawn(fake: Fake): Promise<void> {
  return fake.page.evaluate(
    () =>
      new Promise((done) => {
        new ResizeObserver(() => done()).observe(document.body);
      }),
  );
}

for (const lang of ['en', 'ru', 'de']) {
  for (const slots of ['9', '40']) {
    test(`no tile grows or moves: ${lang}, ${slots} slots`, async ({ page }) => {
      test.slow();
      const fake = await Fake.open(page, { lang, slots });
      for (const layout of ['board', 'list', 'dock']) {
        await page.locator('valet-lot').evaluate((lot, layout) => {
          lot.setAttribute('layout', layout);
        }, layout);
        for (const width of [360, 768, 1024, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          await fake.show({
            slots: [{ slot: 2, state: 'free' }, held(5, 'Anna', { mine: true, parkedBy: '34414' })],
            calls: [{ caller: caller(long) }],
            sync: { state: 'live' },
          });
          await page.clock.runFor(1_000);
          // The board takes two frames: one has the new width, and the next one has the new columns.
          for (let frame = 0; frame < 3; frame += 1) await drawn(fake);
          const before = await places(fake);
          const states = async (): Promise<void> => {
            const now = await places(fake);
            expect(now, `${layout}, ${width} px`).toBe(before);
          };
          const note = { note: long, forWhom: long, parkedBy: '32494' };
          await fake.show({ slots: [held(2, long, note)] });
          await states();
          for (const returnsAt of [59_000, 29_000, 9_000, -1_000]) {
            await fake.show({ slots: [held(2, long, { ...note, returnsAt })] });
            await states();
          }
          await page.clock.runFor(1_000);
          const tile = page.locator('valet-tile .tile:has(.note)');
          await tile.focus();
          for (const key of ['Enter', 'Escape', 'b']) {
            await page.keyboard.press(key);
            await states();
          }
          await expect(tile).toHaveClass(/\basking\b/);
          await page.keyboard.press('Escape');
          await fake.show({ slots: [held(2, long, { ...note, pending: 'bridging' })] });
          await states();
          await fake.show({ sync: { state: 'offline' } });
          await states();
        }
      }
    });
  }
}

for (const lang of ['en', 'ru', 'ar']) {
  test(`Park on a call is withdrawn while offline, and nothing moves: ${lang}`, async ({
    page,
  }) => {
    const fake = await Fake.open(page, { lang });
    const park = page.locator('valet-calls button');
    /** Returns the places of the calls, of their button, and of the tiles. */
    const all = (): Promise<string> =>
      page.locator('valet-calls li, valet-calls button, valet-tile').evaluateAll((found) =>
        found
          .map((each) => {
            const { x, y, width, height } = each.getBoundingClientRect();
            return [x, y, width, height].join(' ');
          })
          .join('\n'),
      );
    for (const [layout, width] of [
      ['board', 1440],
      ['board', 390],
      ['dock', 1440],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.locator('valet-lot').evaluate((lot, layout) => {
        lot.setAttribute('layout', layout);
      }, layout);
      await fake.show({
        slots: [held(2, long)],
        calls: [{ caller: caller(long) }, { caller: caller('Anna') }],
        sync: { state: 'live' },
      });
      await page.clock.runFor(1_000);
      for (let frame = 0; frame < 3; frame += 1) await drawn(fake);
      await expect(park).toHaveAttribute('aria-disabled', 'false');
      const before = await all();
      await fake.show({ sync: { state: 'offline' } });
      await expect(park).toHaveAttribute('aria-disabled', 'true');
      await expect(park).toHaveAccessibleDescription(/./);
      expect(await all(), `${layout}, ${width} px`).toBe(before);
      await park.click({ force: true });
      await page.keyboard.press('F9');
      expect(await fake.commands()).toEqual([]);
      await expect(fake.toast).not.toHaveCount(0);
      await page.locator('valet-notices').getByRole('button').last().click();
    }
  });
}

for (const [width, height, columns] of [
  [1280, 720, 3],
  [390, 844, 2],
] as const) {
  test(`nine slots are visible without scrolling at ${width} × ${height}`, async ({
    page,
    pbx,
  }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${pbx.url}/?extension=341`);
    const tiles = page.getByRole('gridcell');
    await expect(tiles).toHaveCount(9);
    const boxes = await Promise.all((await tiles.all()).map((tile) => tile.boundingBox()));
    for (const box of boxes) {
      expect((box?.y ?? height) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
      expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    }
    expect(new Set(boxes.map((box) => box?.x)).size).toBe(columns);
  });
}

test('the board begins within 120 px', async ({ page, pbx }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${pbx.url}/?extension=341`);
  await expect(page.getByRole('gridcell')).toHaveCount(9);
  const box = await page.getByRole('grid').boundingBox();
  expect(box?.y).toBeLessThanOrEqual(120);
});

test('a call that is parked does not move the departures', async ({ page }) => {
  const fake = await Fake.open(page);
  const departures = page.locator('valet-departures');
  await fake.show({ calls: [{ caller: caller('Marie') }] });
  await page.clock.runFor(1_000);
  const before = await departures.boundingBox();
  const parked = (slot: number) => ({ caller: caller('Anna'), state: 'parked', slot }) as const;
  for (const calls of [[parked(1)], [1, 2, 3, 4, 5, 6].map(parked)]) {
    await fake.show({ calls: [{ caller: caller('Marie') }, ...calls] });
    await page.clock.runFor(1_000);
    await expect(page.locator('valet-calls .parked')).toHaveCount(calls.length);
    expect(await departures.boundingBox()).toEqual(before);
  }
});
