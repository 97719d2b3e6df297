// Two panels of a relay on FreeSWITCH: park, see, connect, pick up, return. A stand-in speaks the event socket.

import { test as base, type Locator, type Page } from '@playwright/test';
import { startRelay, type RunningRelay } from 'valet-park/server';
import { type RunningStandIn, startStandIn } from '../server/freeswitch/stand-in.ts';
import { expect } from './fixture.ts';

interface Fixtures {
  readonly engine: RunningStandIn;
  readonly relay: RunningRelay;
  readonly reception: Page;
  readonly sales: Page;
}

const test = base.extend<Fixtures>({
  engine: async ({}, use) => {
    const engine = await startStandIn();
    await use(engine);
    await engine.socket.stop();
  },
  relay: async ({ engine }, use) => {
    const { port, password } = engine.socket;
    const relay = await startRelay({
      freeswitch: { port, password, lot: 'valet_lot' },
      extensions: ['1001', '1002'],
      names: { 1001: 'Reception', 1002: 'Sales' },
      logger: { info: () => {}, warn: () => {} },
    });
    await relay.ready;
    await use(relay);
    await relay.close();
  },
  reception: async ({ browser, relay }, use) => {
    const context = await browser.newContext({ baseURL: relay.url, locale: 'en' });
    await use(await pair(await context.newPage(), relay, '1001', 'Reception'));
    await context.close();
  },
  sales: async ({ browser, relay }, use) => {
    const context = await browser.newContext({ baseURL: relay.url, locale: 'en' });
    await use(await pair(await context.newPage(), relay, '1002', 'Sales'));
    await context.close();
  },
});

/** Opens a panel, and pairs it by the code that it shows. */
async function pair(page: Page, relay: RunningRelay, extension: string, name: string) {
  await page.goto('/');
  const command = page.getByText(/^valet-park pair \w/);
  const [, code = ''] = /pair (\S+)/.exec((await command.textContent()) ?? '') ?? [];
  await relay.admin.pair(code, { name, extensions: [extension] });
  await expect(page.getByRole('grid', { name: 'Parked calls' })).toBeVisible();
  return page;
}

const tile = (page: Page, name: RegExp) => page.getByRole('gridcell', { name });

/** Presses a button until `done` is visible. A tile takes no press for a moment after a change. */
async function press(button: Locator, done: Locator): Promise<void> {
  await expect(async () => {
    if (!(await done.isVisible())) await button.click({ timeout: 1_000 });
    await expect(done).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

/** Presses a button and confirms. Another desk has parked the caller, so the panel asks once more. */
async function pressTwice(page: Page, name: RegExp, isDone: () => boolean): Promise<void> {
  const button = page.getByRole('button', { name });
  const confirm = page.getByRole('button', { name: /^(Send|Pick up) .*\?$/ });
  await expect(async () => {
    if (isDone()) return;
    if (!(await confirm.isVisible())) await button.click({ timeout: 1_000 });
    await confirm.click({ timeout: 2_000 });
    await expect.poll(isDone, { timeout: 2_000 }).toBe(true);
  }).toPass();
}

/** Chooses a call that talks. */
async function choose(page: Page, caller: string): Promise<void> {
  const call = page.getByRole('radio', { name: new RegExp(`^${caller}.*Talking$`) });
  await expect(call).toBeVisible();
  await call.check();
}

/** Lets Anna call reception, which parks her in a slot. Returns the UUID of her call. */
async function parkAnna({ pbx }: RunningStandIn, reception: Page, slot: number): Promise<string> {
  const anna = pbx.talk('1001', '+79161112233', 'Anna Petrova');
  await choose(reception, 'Anna Petrova');
  const button = reception.getByRole('button', { name: `Park here, slot ${slot}` });
  await press(button, tile(reception, new RegExp(`^Slot ${slot}, Anna Petrova`)));
  return anna;
}

test('one desk parks a caller, and the other desk connects the caller', async ({
  engine,
  reception,
  sales,
}) => {
  const { pbx } = engine;
  const anna = await parkAnna(engine, reception, 6);
  // A panel knows only the names of its own extensions, so it shows the number of the other desk.
  await expect(tile(sales, /^Slot 6, Anna Petrova, .*parked by 1001/)).toBeVisible();
  expect(pbx.engine.valet.list('valet_lot')).toMatchObject([{ slot: '6', uuid: anna }]);

  const boris = pbx.talk('1002', '+79169998877', 'Boris Orlov');
  await choose(sales, 'Boris Orlov');
  const isConnected = () => pbx.engine.channels.get(anna)?.partner?.uuid === boris;
  await pressTwice(sales, /^Send to Boris Orlov: Anna Petrova, slot 6$/, isConnected);
  for (const page of [reception, sales]) await expect(tile(page, /^Slot 6, free/)).toBeVisible();
});

test('a desk picks up a caller with its own telephone', async ({ engine, reception, sales }) => {
  const { pbx } = engine;
  const anna = await parkAnna(engine, reception, 3);
  const phone = () =>
    [...pbx.engine.channels.values()].find(({ variables }) => variables.has('valet_park_pick_up'));
  await pressTwice(sales, /^Pick up Anna Petrova, slot 3$/, () => phone() !== undefined);
  const ringing = phone();
  expect(ringing?.name).toContain('Anna Petrova');
  if (ringing !== undefined) pbx.answer(ringing);
  for (const page of [reception, sales]) await expect(tile(page, /^Slot 3, free/)).toBeVisible();
  await expect.poll(() => pbx.engine.channels.get(anna)?.partner?.uuid).toBe(ringing?.uuid);
  await expect(sales.getByRole('radio', { name: /^Anna Petrova.*Talking$/ })).toBeVisible();
});

test('a caller whose time is over rings again at the desk that parked the caller', async ({
  engine,
  reception,
  sales,
}) => {
  const { pbx } = engine;
  const anna = await parkAnna(engine, reception, 6);
  await expect(tile(sales, /^Slot 6, Anna Petrova/)).toBeVisible();
  const channel = pbx.engine.channels.get(anna);
  if (channel !== undefined) pbx.engine.endPatience(channel);
  for (const page of [reception, sales]) await expect(tile(page, /^Slot 6, free/)).toBeVisible();
  await expect(reception.getByRole('radio', { name: /^Anna Petrova.*Ringing/ })).toBeVisible();
  const departures = sales.locator('valet-departures').getByRole('listitem');
  await expect(departures).toHaveText([/Slot 6: Anna Petrova returned to 1001/]);
});
