// The main flow of the panel in browser engines other than Chromium, with W3C WebDriver. All other tests
// of the panel are in tests/browser.

import { expect, onTestFinished, test } from 'vitest';
import { startSwitch } from 'valet-park/server';
import { findEngines, missing } from '../../scripts/setup/engines.mjs';
import { startEngine } from './view.ts';

const engines = findEngines();
for (const line of missing(engines)) console.warn(line);

for (const [name, engine] of Object.entries(engines)) {
  const isMissing = 'missing' in engine;
  test.skipIf(isMissing)(`parks a call and bridges with it in ${name}`, async () => {
    if (isMissing) return;
    const pbx = await startSwitch();
    onTestFinished(() => pbx.close());
    const talk = (number: string, who: string): string => {
      const { call } = pbx.exchange.ring('34414', number, who);
      return pbx.exchange.answer(call).call;
    };
    const view = await startEngine(engine);
    console.log(`driving ${await view.title()}`);
    await view.open(`${pbx.url}/?extension=341`);
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
    expect(await view.consoleLines()).toEqual([]);
  });
}
