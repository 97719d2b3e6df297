// Accessibility: axe-core checks every state of the panel in both themes and both languages. A snapshot
// shows the texts that a screen reader gets for a tile.

import { violationsIn } from './axe.ts';
import { expect, test, type Panel } from './fixture.ts';

type Prepare = (panel: Panel, pbx: import('valet-park/server').RunningSwitch) => Promise<void>;

/** Parks a call in slot 1 and a call in slot 5, and makes one more call of the panel. */
const fillLot: Prepare = async (panel, pbx) => {
  for (const [slot, extension] of [
    [1, '34414'],
    [5, '32494'],
  ] as const) {
    const { call } = pbx.exchange.ring(extension, '+7 495 123-45-67', 'Anna Petrova');
    pbx.exchange.answer(call);
    pbx.exchange.ask({ extension, call, action: 'park', slot });
  }
  pbx.exchange.answer(pbx.exchange.ring('34414', '+1 202 555 0123', '').call);
  await expect(panel.board.getByText('Anna Petrova')).toHaveCount(2);
};

/** Searches in the bar, and waits for what is found. */
async function search({ page }: Panel, query: string): Promise<void> {
  const bar = page.locator('valet-bar');
  await bar.getByRole('searchbox').fill(query);
  await expect(bar.getByRole('status')).not.toBeEmpty();
}

/** Opens the palette and searches in it. */
async function openPalette({ page }: Panel, query: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(query);
}

/** The states of the panel, each with the steps that lead to it. */
const states: Readonly<Record<string, Prepare>> = {
  empty: async () => {},
  busy: fillLot,
  confirm: async (panel, pbx) => {
    await fillLot(panel, pbx);
    await panel.advance();
    await panel.slot(5).focus();
    await panel.page.keyboard.press('Enter');
  },
  returning: async (panel, pbx) => {
    await fillLot(panel, pbx);
    // Without an answer and without the feed, the panel cannot know that the calls have returned.
    await panel.page.route(/\/valet_park\/|\/feed\?/, () => {});
    await panel.advance(181_000);
    await expect(panel.board.locator('.returning')).toHaveCount(2);
  },
  'failed check': async (panel, pbx) => {
    await fillLot(panel, pbx);
    await panel.page.route('**/valet_park/**', (route) =>
      route.fulfill({ status: 200, body: '<p>' }),
    );
    await panel.slot(2).focus();
    await panel.page.keyboard.press('c');
    await expect(panel.alert).not.toBeEmpty();
  },
  details: async (panel, pbx) => {
    await fillLot(panel, pbx);
    await panel.slot(5).focus();
    await panel.page.keyboard.press('i');
    await expect(panel.page.getByRole('dialog')).toBeVisible();
  },
  search: async (panel, pbx) => {
    await fillLot(panel, pbx);
    await search(panel, 'anna');
  },
  'search without a result': async (panel, pbx) => {
    await fillLot(panel, pbx);
    await search(panel, 'nobody');
  },
  palette: async (panel, pbx) => {
    await fillLot(panel, pbx);
    await openPalette(panel, 'anna');
    await expect(panel.page.getByRole('dialog').getByRole('option').first()).toBeVisible();
  },
  'palette without a result': async (panel) => {
    await openPalette(panel, 'nobody');
    await expect(panel.page.getByRole('dialog').getByRole('option')).toHaveCount(0);
  },
  help: async (panel) => {
    await panel.slot(5).focus();
    await panel.page.keyboard.press('Shift+Slash');
    await expect(panel.page.getByRole('dialog')).toBeVisible();
  },
};

for (const [state, prepare] of Object.entries(states)) {
  for (const [colorScheme, lang] of [
    ['light', 'en'],
    ['dark', 'ru'],
  ] as const) {
    test(`${state}, ${colorScheme}, ${lang}: axe finds no violation`, async ({ panel, pbx }) => {
      await panel.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (lang === 'ru') {
        await panel.choose('Language', 'ru');
        panel.setLanguage('ru');
      }
      await prepare(panel, pbx);
      expect(await violationsIn(panel.page)).toEqual([]);
    });
  }
}

for (const layout of ['list', 'dock'] as const) {
  test(`the ${layout}: axe finds no violation`, async ({ panel, pbx }) => {
    await panel.choose('Layout', layout);
    await fillLot(panel, pbx);
    expect(await violationsIn(panel.page)).toEqual([]);
  });
}

test('the settings: axe finds no violation', async ({ panel }) => {
  await panel.menu('Settings');
  expect(await violationsIn(panel.page)).toEqual([]);
});

test('a screen reader gets the name, the timer and the buttons of a held slot', async ({
  panel,
  pbx,
}) => {
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await panel.connect(pbx, 'Jörg Weiß', '+49 30 23125 014');
  // docs/element.md quotes this snapshot.
  await expect(panel.slot(6)).toMatchAriaSnapshot(`
    - gridcell "Slot 6, Anna Petrova, +7 495 123-45-67, parked by you, returns in 3 minutes":
      - group "Slot 6, Anna Petrova, +7 495 123-45-67, parked by you, returns in 3 minutes":
        - text: /Anna Petrova ★ Yours \\+7 495 123-45-67/
        - timer: /[23]:\\d\\d/
        - button "Pick up Anna Petrova, slot 6"
        - 'button "Send to Jörg Weiß: Anna Petrova, slot 6"'
        - button "Check slot 6"
        - button "Details of slot 6"
  `);
});

test('the panel fits a width of 320 px, and its buttons are at least 44 px large', async ({
  panel,
}) => {
  await panel.page.setViewportSize({ width: 320, height: 640 });
  const isTooWide = await panel.page.evaluate(
    () => document.documentElement.scrollWidth > innerWidth,
  );
  expect(isTooWide).toBe(false);
  // In a narrow window the board replaces its rows. A button of an old row has no size.
  await expect(async () => {
    for (const button of await panel.board.getByRole('button').all()) {
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
  }).toPass();
});

test('forced colours keep the borders and texts that distinguish the states', async ({
  panel,
  pbx,
}) => {
  await panel.page.emulateMedia({ forcedColors: 'active' });
  await fillLot(panel, pbx);
  const borderOf = (n: number): Promise<string> =>
    panel.slot(n).evaluate((tile) => getComputedStyle(tile).borderStyle);
  expect(await borderOf(2)).toBe('solid');
  await expect(panel.slot(1)).toContainText('Yours');
  await expect(panel.slot(5)).toContainText('Parked by Sales');
});
