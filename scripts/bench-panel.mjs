// Measures the panel in Chromium and prints a table with limits: `node scripts/bench-panel.mjs`. Fails if
// a figure is above its limit. `npm run bench` does not include it, because `npm run bench` needs no
// browser.

import { build } from './build.mjs';
import {
  heightAbove,
  idle,
  interaction,
  layoutShift,
  questionGrowth,
} from './bench-panel/figures.mjs';
import { chromiumLaunch } from './setup/chromium.mjs';
import { Failure, whenStarted } from './step.mjs';
import { watchChanges } from '../tests/browser/many.page.mjs';

await whenStarted(import.meta.url, async () => {
  await build({ tests: true });
  const { chromium } = await import('@playwright/test');
  const { startSwitch } = await import('valet-park/server');
  const pbx = await startSwitch();
  const browser = await chromium.launch(chromiumLaunch());
  /** @type {{ figure: string, value: number, limit: number, unit: string }[]} */
  const table = [];
  /** @type {(figure: string, limit: number, unit: string, value: number) => void} */
  const add = (figure, limit, unit, value) => {
    table.push({ figure, value, limit, unit });
  };
  const open = async ({ width = 1440, height = 900 } = {}) => {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.goto(`${pbx.url}/?extension=341`);
    await page.locator('valet-tile').first().waitFor();
    return page;
  };
  try {
    const page = await open();
    add('above the board at 1440 × 900', 120, 'px', await heightAbove(page));
    add('layout shift at load', 0.02, '', await layoutShift(page));
    add('growth of a tile by a question', 0, 'px', await questionGrowth(page, pbx));
    await page.close();
    for (const { slowest, ...size } of [
      { slots: 9, held: 7, slowest: 100 },
      { slots: 100, held: 70, slowest: 100 },
      { slots: 500, held: 350, slowest: 150 },
    ]) {
      const page = await open();
      const name = `${size.slots} slots, ${size.held} held`;
      if (size.slots !== 100)
        add(`main thread while idle, ${name}`, 20, 'ms/s', await idle(page, size));
      const { longest, work } = await interaction(page, size);
      add(`interaction to next paint, ${name}`, slowest, 'ms', longest);
      add(`processor time of an interaction, ${name}`, slowest, 'ms', work);
      await page.close();
    }
    const many = await open({ width: 1280 });
    const { frames } = await many.evaluate(watchChanges, {
      tiles: 500,
      changes: 200,
      everyMs: 50,
      runs: true,
    });
    console.table(table.map(({ limit, ...row }) => ({ ...row, limit: `≤ ${limit}` })));
    const sorted = frames.sort((a, b) => a - b);
    const at = (/** @type {number} */ share) =>
      (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    console.log('500 callers on the board, a change every 50 ms (time between frames):');
    console.log(`median ${at(0.5)} ms, 99 % ${at(0.99)} ms, longest ${at(0.9999)} ms`);
    const above = table.filter(({ value, limit }) => value > limit).map(({ figure }) => figure);
    if (above.length > 0) {
      throw new Failure(
        'measuring the panel',
        above.join('; '),
        'measure again without other load',
      );
    }
  } finally {
    await browser.close();
    await pbx.close();
  }
});
