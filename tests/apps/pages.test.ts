// A development server replaces the code of an open page. `npm run test:apps` runs this test.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect as expectPage } from '@playwright/test';
import { startSwitch, type RunningSwitch } from 'valet-park/server';
import { expect, onTestFinished, test } from 'vitest';
import { client, feed, html } from './story.ts';
import { at, listen, open } from './visit.ts';
import { install, isWhole, lay, rowOf, serve, versionsOf } from './workshop.ts';

const main = `import { ValetPark } from 'valet-park';
import 'valet-park/element';

const desk = new URLSearchParams(location.search).get('desk');
${client(feed)}
const lot = document.querySelector('valet-lot');
lot.park = park;
lot.home = 'First';
`;

async function start(): Promise<RunningSwitch> {
  const pbx = await startSwitch();
  onTestFinished(() => pbx.close());
  return pbx;
}

/** Lets a call ring, answers it, and parks it in a slot. */
function parkIn(pbx: RunningSwitch, slot: number, name: string): void {
  const { call } = pbx.exchange.answer(pbx.exchange.ring('34414', '+79161112233', name).call);
  pbx.exchange.ask({ extension: '34414', call, action: 'park', slot });
}

test.runIf(isWhole)('a development server replaces the code of an open page', async () => {
  const app = {
    name: 'replaced code',
    uses: ['vite'],
    files: {
      'index.html': html('<valet-lot></valet-lot><script type="module" src="./main.js"></script>'),
      'main.js': `${main}
        import.meta.hot.accept();
        import.meta.hot.dispose(() => park.dispose());`,
    },
  };
  const row = rowOf('vite 8, replaced code');
  const folder = lay({ ...app, run: { kind: 'page', folder: '.' } });
  await install(folder);
  row.versions = versionsOf(app, folder);
  const pbx = await start();
  parkIn(pbx, 6, 'Anna');
  const command = ['vite', '--port', 'PORT', '--strictPort', '--host', '127.0.0.1'];
  const page = await (await open()).newPage();
  const said = listen(page);
  await page.goto(at(await serve(folder, command, pbx.url), pbx.url));
  await expectPage(page.getByRole('gridcell', { name: /^Slot 6, Anna/ })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));

  const file = join(folder, 'main.js');
  writeFileSync(file, readFileSync(file, 'utf8').replace("'First'", "'Second'"));
  const lot = page.locator('valet-lot');
  await expect
    .poll(() => lot.evaluate((it: HTMLElement & { home?: string }) => it.home))
    .toBe('Second');
  parkIn(pbx, 7, 'Boris');
  await expectPage(page.getByRole('gridcell', { name: /^Slot 7, Boris/ })).toBeVisible();
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  expect(said).toEqual([]);
  await page.goto('about:blank');
  row.outcome = 'shows the new call';
});
