// The main flow of the panel in browser engines other than Chromium, by the standard protocols of WebDriver.
// All other tests of the panel are in tests/browser.

import { expect, onTestFinished, test } from 'vitest';
import { startSwitch } from 'valet-park/server';
import { findEngines, missing } from '../../scripts/setup/engines.mjs';
import { startFirefox } from './firefox.ts';
import { View, type Browser } from './view.ts';
import { startWebkit } from './webkit.ts';

const engines = findEngines();
for (const line of missing(engines)) console.warn(line);

const { firefox, webkit } = engines;
story('firefox', 'missing' in firefox ? null : () => startFirefox(firefox));
story('webkit', 'missing' in webkit ? null : () => startWebkit(webkit));

/** Plays the main flow, or skips the test if `start` is null. */
function story(name: string, start: (() => Promise<Browser>) | null): void {
  test.skipIf(start === null)(`parks a call and bridges with it in ${name}`, async () => {
    if (start === null) return;
    const pbx = await startSwitch();
    onTestFinished(() => pbx.close());
    const talk = (number: string, who: string): string => {
      const { call } = pbx.exchange.ring('34414', number, who);
      return pbx.exchange.answer(call).call;
    };
    const browser = await start();
    console.log(`driving ${await browser.title()}`);
    await browser.open(`${pbx.url}/?extension=341`);
    const view = new View(browser);
    await view.waitFor('gridcell', /^Slot 6, free$/);

    const anna = talk('+7 495 123-45-67', 'Anna Petrova');
    await view.press('button', /^Park here, slot 6$/);
    await view.waitFor('gridcell', /^Slot 6, Anna Petrova, .*parked by you, /);
    expect(pbx.exchange.calls()).toMatchObject([{ call: anna, state: 'parked' }]);

    talk('+49 30 23125 014', 'Jörg Weiß');
    await view.waitFor('button', /^Send to .*Anna Petrova, slot 6$/);
    // A tile ignores presses for a moment after it has changed.
    await view.wait(500);
    await view.press('button', /^Send to .*Anna Petrova, slot 6$/);
    await view.waitFor('gridcell', /^Slot 6, free$/);
    expect(pbx.exchange.calls().map(({ name, state }) => [name, state])).toEqual([
      ['Anna Petrova', 'bridged'],
      ['Jörg Weiß', 'talking'],
    ]);
    expect(await browser.lines()).toEqual([]);
  });
}
