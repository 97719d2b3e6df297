// The figures of `bench-panel.mjs`. Each function measures one of them in a page with the panel.

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ slots: number, held: number }} Size */

/** Returns the height above the board, in px. @param {Page} page */
export async function heightAbove(page) {
  return (await page.getByRole('grid').boundingBox())?.y ?? NaN;
}

/** Returns the cumulative layout shift since the page was loaded. @param {Page} page */
export async function layoutShift(page) {
  await page.waitForTimeout(1000);
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += 'value' in entry ? Number(entry.value) : 0;
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(Number(sum.toFixed(3))), 300);
      }),
  );
}

/**
 * Returns by how many px a tile and its neighbours change when the tile asks a question.
 *
 * @param {Page} page
 * @param {import('valet-park/server').RunningSwitch} pbx
 */
export async function questionGrowth(page, pbx) {
  const { call } = pbx.exchange.ring('32494', '+493023125014', 'Maximilian Schmidt-Rottluff');
  pbx.exchange.answer(call);
  pbx.exchange.ask({ extension: '32494', call, action: 'park', slot: 5 });
  const tile = page.locator('valet-tile .tile', { hasText: 'Schmidt-Rottluff' });
  await tile.waitFor();
  const boxes = () =>
    page.locator('valet-tile').evaluateAll((tiles) =>
      tiles.flatMap((each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return [x, y, width, height];
      }),
    );
  const before = await boxes();
  await page.waitForTimeout(500);
  await tile.press('Enter');
  await page.locator('valet-tile .asking').waitFor();
  const after = await boxes();
  return Math.max(...after.map((value, at) => Math.abs(value - (before[at] ?? NaN))));
}

/** Shows a panel with a fake client over the page. @param {Page} page @param {Size} size */
async function showLot(page, size) {
  await page.evaluate(({ slots, held }) => {
    const start = Date.now();
    const views = Array.from({ length: slots }, (_, at) => ({
      ...{ slot: at + 1, pending: null, confirmed: true, checkedAt: start, call: null },
      ...{ parkedBy: null, mine: false, exact: true, note: null, forWhom: null },
      ...(at < held
        ? {
            ...{
              state: 'held',
              uuid: `call-${at}`,
              heldSince: start,
              returnsAt: start + 180_000 + at,
            },
            caller: { name: `Caller ${at}`, number: '+1 202 555 0123', extension: null },
          }
        : { state: 'free', uuid: null, heldSince: null, returnsAt: null, caller: null }),
    }));
    const call = {
      ...{
        call: 'own',
        callId: null,
        uuid: 'own',
        direction: 'in',
        called: null,
        state: 'talking',
      },
      ...{ since: start, slot: null, pending: null, extension: '34414', sipCallId: null },
      ...{
        returnedFrom: null,
        caller: { name: 'Marie Duval', number: '+33186265012', extension: null },
      },
    };
    const budget = { limit: null, remaining: null, resetsAt: null };
    const patience = { toldMs: 180_000, seenMs: null };
    const sync = {
      state: 'live',
      checkedAt: start,
      nextAskAt: null,
      role: 'solo',
      budget,
      patience,
    };
    const snapshot = { revision: 1, slots: views, calls: [call], departures: [], sync };
    const lot = document.createElement('valet-lot');
    const never = () => () => {};
    const park = {
      ...{ getSnapshot: () => snapshot, subscribe: never, on: never, canPickUp: true },
      remaining: (/** @type {number} */ slot) =>
        slot <= held ? start + 180_000 + slot - 1 - Date.now() : null,
      inspect: async (/** @type {number} */ slot) => views[slot - 1],
      refresh: async () => snapshot,
      whereIs: () => call,
    };
    Object.assign(lot, { park, ownsPage: true });
    document.body.replaceChildren(lot);
  }, size);
  await page
    .locator('valet-tile')
    .nth(size.slots - 1)
    .waitFor({ state: 'attached' });
  await page.waitForTimeout(1500);
}

/**
 * Returns how long the main thread works in a second while only the countdowns run, in ms of processor
 * time. So the load of the machine does not matter.
 *
 * @param {Page} page @param {Size} size
 */
export async function idle(page, size) {
  await showLot(page, size);
  const work = await workOf(page);
  const before = await work();
  const seconds = 10;
  await page.waitForTimeout(seconds * 1000);
  return Number((((await work()) - before) / seconds).toFixed(1));
}

/** Returns a function that returns the processor time of the main thread so far, in ms. */
async function workOf(/** @type {Page} */ page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
  };
}

/**
 * Returns the longest time from an input of a person to the next painted frame, and the most processor
 * time of the main thread after one, in ms. The inputs are a click, keys, and each letter of a search.
 *
 * @param {Page} page @param {Size} size
 */
export async function interaction(page, size) {
  await showLot(page, size);
  await page.evaluate(() => {
    /** @type {number[]} */
    const durations = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ('interactionId' in entry && entry.interactionId !== 0) durations.push(entry.duration);
      }
    });
    /** @type {PerformanceObserverInit & { durationThreshold: number }} */
    const init = { type: 'event', durationThreshold: 16 };
    observer.observe(init);
    Object.assign(window, { durations });
  });
  const work = await workOf(page);
  let most = 0;
  const during = async (/** @type {() => Promise<void>} */ act) => {
    const before = await work();
    await act();
    await page.waitForTimeout(150);
    most = Math.max(most, (await work()) - before);
  };
  const tile = page.locator('valet-tile .tile').first();
  await during(() => tile.click({ position: { x: 60, y: 60 } }));
  const moves = [
    'ArrowRight',
    'ArrowDown',
    '5',
    'Enter',
    'Escape',
    'End',
    'Home',
    'i',
    'Escape',
    '/',
  ];
  for (const key of [...moves, 'c', 'a', 'l', 'l', 'Escape']) {
    await during(() => page.keyboard.press(key));
  }
  await page.waitForTimeout(500);
  const longest = await page.evaluate(() => Math.max(0, .../** @type {any} */ (window).durations));
  return { longest, work: Math.round(most) };
}
