// Measures the panel in Chromium with five hundred waiting callers, a countdown for each, and a
// change every 50 ms: `node scripts/bench-panel.mjs`. `npm run bench` does not include it, because
// `npm run bench` needs no browser.

import { build } from './build.mjs';
import { chromiumLaunch } from './setup/chromium.mjs';
import { whenStarted } from './step.mjs';
import { watchChanges } from '../tests/browser/many.page.mjs';

await whenStarted(import.meta.url, async () => {
  await build({ tests: true });
  const { chromium } = await import('@playwright/test');
  const { startSwitch } = await import('valet-park/server');
  const pbx = await startSwitch();
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${pbx.url}/?extension=341`);
    await page.locator('valet-tile').first().waitFor();
    const how = { tiles: 500, changes: 200, everyMs: 50, runs: true };
    const { frames } = await page.evaluate(watchChanges, how);
    const sorted = frames.sort((a, b) => a - b);
    const at = (/** @type {number} */ share) =>
      (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    console.log('\n500 callers on the board, a change every 50 ms (time between frames)');
    console.log(`median ${at(0.5)} ms, 99 % ${at(0.99)} ms, longest ${at(0.9999)} ms`);
  } finally {
    await browser.close();
    await pbx.close();
  }
});
