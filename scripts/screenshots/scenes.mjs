// The scenes of the screenshots: each leads the lot of an embedded switch, and the panels on it, into one
// state of a shift at reception.

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('valet-park/server').RunningSwitch} RunningSwitch */

const reception = '34414';
const sales = '32494';

/** The callers who wait, and for how many seconds in the scene "busy". */
const waiting = [
  {
    slot: 2,
    extension: sales,
    name: 'Maximilian Schmidt-Rottluff',
    number: '+493023125014',
    for: 112,
  },
  { slot: 6, extension: reception, name: '', number: '+442071838750', for: 94 },
  { slot: 5, extension: reception, name: 'محمد علي', number: '+966112371234', for: 68 },
  { slot: 4, extension: sales, name: 'Юлия Соколова', number: '+78121234567', for: 30 },
  { slot: 1, extension: reception, name: 'Anna Petrova', number: '+74951234567', for: 8 },
];

/** The notes of the callers who wait. */
const notes = [
  { slot: 2, for: 'Dr Keller', note: 'insurance, second call today' },
  { slot: 4, for: 'Petrov', note: '' },
];

/** The switch, the pages with a panel, and the clock of all. */
export class Stage {
  /** @param {RunningSwitch} pbx @param {Page[]} pages */
  constructor(pbx, pages) {
    this.pbx = pbx;
    this.pages = pages;
  }

  /** Opens the panels and stops the clocks of their pages. */
  async open() {
    for (const page of this.pages) {
      await page.clock.install();
      await page.goto(`${this.pbx.url}/?extension=341`);
      await page.locator('valet-tile').first().waitFor();
      await page.clock.pauseAt(Date.now() + 1000);
    }
    await this.settle();
  }

  /** Lets the pages draw. */
  async settle(pages = this.pages) {
    for (let turn = 0; turn < 3; turn += 1) {
      for (const page of pages) {
        await page.clock.runFor(60);
        await page.waitForTimeout(20);
      }
    }
  }

  /** Sets the clocks of the pages forward, and by default the clock of the switch. */
  async forward(/** @type {number} */ seconds, { pbx = true } = {}) {
    if (pbx) this.pbx.forward(seconds * 1000);
    for (const page of this.pages) await page.clock.fastForward(seconds * 1000);
    await this.settle();
  }

  /** Lets a caller ring and talk to an extension. Returns the call. */
  talk(/** @type {string} */ extension, /** @type {string} */ name, /** @type {string} */ number) {
    const { exchange } = this.pbx;
    const { call } = exchange.ring(extension, number, name || undefined);
    exchange.answer(call);
    return call;
  }

  /** Parks a new call in a slot, as a telephone would. */
  park(/** @type {{ slot: number, extension: string, name: string, number: string }} */ caller) {
    const { extension, slot, name, number } = caller;
    const call = this.talk(extension, name, number);
    this.pbx.exchange.ask({ extension, call, action: 'park', slot });
    return call;
  }

  /** Takes the network from the pages, or gives it back. */
  async setOffline(/** @type {boolean} */ isOffline) {
    for (const page of this.pages) await page.context().setOffline(isOffline);
  }
}

/**
 * The scenes in their order. `each` runs for each picture, after the layout is chosen.
 *
 * @type {Record<string, { play?: (stage: Stage) => Promise<unknown>,
 *   each?: (page: Page) => Promise<unknown>, leave?: (stage: Stage) => Promise<unknown> }>}
 */
export const scenes = {
  empty: {},
  busy: {
    async play(stage) {
      await recent(stage);
      let left = 120;
      for (const caller of waiting) {
        await stage.forward(left - caller.for);
        left = caller.for;
        stage.park(caller);
        await stage.settle();
      }
      await stage.forward(left);
      await stage.pages[0]?.locator('valet-lot').evaluate(async (lot, notes) => {
        const { park } = /** @type {import('../../www/element/lot.ts').ValetLot} */ (lot);
        for (const { slot, ...texts } of notes) await park?.annotate(slot, texts);
      }, notes);
      stage.talk(reception, 'Marie Duval', '+33186265012');
      stage.pbx.exchange.ring(reception, '+12025550123', 'Office Berlin');
      await stage.forward(2);
    },
  },
  question: {
    async each(page) {
      const tile = page.locator('valet-tile .tile', { hasText: 'Schmidt-Rottluff' });
      if ((await tile.count()) === 0) return;
      await page.clock.runFor(500);
      await tile.focus();
      await page.keyboard.press('Enter');
    },
  },
  offline: {
    async play(stage) {
      await stage.setOffline(true);
      await stage.forward(21, { pbx: false });
    },
    // Chromium keeps the open feed, whose next line would end the state.
    each: (page) => page.evaluate(() => dispatchEvent(new Event('offline'))),
    async leave(stage) {
      await stage.setOffline(false);
      for (let turn = 0; turn < 5; turn += 1) await stage.forward(2, { pbx: false });
    },
  },
  urgent: { play: (stage) => stage.forward(12, { pbx: false }) },
  returned: {
    async play(stage) {
      stage.pbx.forward(110_000);
      await stage.forward(2, { pbx: false });
    },
  },
};

/** Callers who came and left before the scenes. */
async function recent(/** @type {Stage} */ stage) {
  const { exchange } = stage.pbx;
  stage.park({ slot: 3, extension: reception, name: 'Office Berlin', number: '+493023125000' });
  await stage.forward(48);
  const other = stage.talk(sales, '', '+12025550188');
  exchange.ask({ extension: sales, call: other, action: 'bridge', slot: 3 });
  const gone = stage.park({ slot: 8, extension: sales, name: 'Grete Weiß', number: '+4366012345' });
  await stage.forward(71);
  exchange.hangup(gone);
  exchange.hangup(other);
  await stage.settle();
}
