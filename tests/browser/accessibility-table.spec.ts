// Accessibility: axe-core checks each layout in every state, in both themes, in three languages. One page
// serves all of them, because the element follows its attributes. A theme changes only colours, so the
// dark theme is checked by the rules about colours.

import type { Page } from '@playwright/test';
import { rulesOfColours, violationsIn } from './axe.ts';
import { caller, Fake, held, type Shown } from './fake.ts';
import { expect, test } from './fixture.ts';

const layouts = ['board', 'list', 'dock', 'lamps', 'wall'] as const;
const languages = ['en', 'ru', 'ar'] as const;

const mine = { mine: true, parkedBy: '34414' };
const sales = { parkedBy: '32494', forWhom: 'Dr Keller', note: 'insurance' };
const empty = Array.from({ length: 9 }, (_, at) => ({ slot: at + 1, state: 'free' as const }));
const live = { sync: { state: 'live' } } as const;

/** The parts of the snapshot in each state. */
const states: Readonly<Record<string, Shown>> = {
  empty: { ...live, slots: empty, calls: [], departures: [] },
  busy: {
    ...live,
    slots: [
      held(1, 'Anna Petrova', mine),
      held(2, 'Maximilian Schmidt-Rottluff', sales),
      held(3, 'محمد علي', { ...mine, exact: false }),
      held(4, 'Grete Weiß', { ...sales, pending: 'bridging' }),
      { slot: 5, state: 'free', pending: 'parking' },
      { slot: 6, state: 'unknown', checkedAt: null },
    ],
    calls: [
      { caller: caller('Marie Duval') },
      { caller: caller('Office Berlin'), state: 'ringing' },
      { caller: caller('Anna Petrova'), state: 'parked', slot: 1 },
    ],
    departures: [
      { slot: 7, caller: caller('Jo'), reason: 'returned', at: -60_000, parkedBy: '32494' },
      { slot: 8, caller: caller('Al'), reason: 'abandoned', at: -90_000, mine: true },
    ],
  },
  urgent: {
    slots: [
      held(1, 'Anna Petrova', { ...mine, returnsAt: 52_000 }),
      held(2, 'Maximilian Schmidt-Rottluff', { ...sales, returnsAt: 28_000 }),
      held(3, 'محمد علي', { ...mine, returnsAt: 9_000 }),
      held(4, 'Grete Weiß', { ...sales, state: 'returning', returnsAt: 0 }),
    ],
  },
  question: { slots: [held(2, 'Maximilian Schmidt-Rottluff', sales)] },
  returned: {
    calls: [
      { caller: caller('Marie Duval') },
      {
        caller: caller('Anna Petrova'),
        state: 'ringing',
        returnedFrom: { slot: 1, waitedMs: 180_000 },
      },
    ],
  },
  offline: { sync: { state: 'offline' } },
};

for (const layout of layouts) {
  test(`the ${layout}: axe finds no violation in any state, language and theme`, async ({
    page,
  }) => {
    test.slow();
    await open(page, layout);
    for (const [state, shown] of Object.entries(states)) {
      await page.evaluate((shown) => window.control.show(shown), shown);
      for (const lang of languages) {
        await speak(page, lang);
        if (state === 'question') await ask(page);
        expect(await violationsIn(page), `${state}, ${lang}, light`).toEqual([]);
        await setTheme(page, 'dark');
        expect(await violationsIn(page, rulesOfColours), `${state}, ${lang}, dark`).toEqual([]);
        await setTheme(page, 'light');
        await page.keyboard.press('Escape');
      }
    }
  });
}

async function open(page: Page, layout: string): Promise<void> {
  await page.clock.install();
  await Fake.serve(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`/fake/?${new URLSearchParams({ layout, theme: 'light' }).toString()}`);
  await page.waitForFunction(() => 'control' in window);
  await page.evaluate(() => (window.lot.answer = () => Promise.resolve()));
}

/** Sets the language and waits until its texts are shown. */
async function speak(page: Page, lang: string): Promise<void> {
  await page.evaluate((lang) => (window.lot.lang = lang), lang);
  await expect(page.locator('valet-lot .lot')).toHaveAttribute('lang', lang);
}

/** Sets the theme and waits until its colours are shown. */
async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((theme) => (window.lot.theme = theme), theme);
  await expect(page.locator('valet-lot')).toHaveCSS('color-scheme', theme);
}

/** Presses the tile of another person's call, which asks first. The wall has no tiles. */
async function ask(page: Page): Promise<void> {
  const tile = page.locator('valet-tile .tile', { hasText: 'Schmidt-Rottluff' });
  if ((await tile.count()) === 0) return;
  await page.clock.runFor(1_000);
  await tile.focus();
  await page.keyboard.press('Enter');
  await expect(tile).toHaveClass(/\basking\b/);
}
