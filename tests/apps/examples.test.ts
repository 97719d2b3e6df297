// Runs the examples with the packed package and the embedded switch. `npm test` includes the
// examples that need no other tools. `npm run test:apps` runs all of them.

import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect as expectPage, type Page } from '@playwright/test';
import { startSwitch, type RunningSwitch } from 'valet-park/server';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { at, listen, open, serveFolder } from './visit.ts';
import { countWasm, folderOf, install, isWhole, rowOf, succeed, versionsOf } from './workshop.ts';
import type { Row } from './workshop.ts';

const folder = folderOf('examples');
let missing: string | null = null;

beforeAll(async () => {
  cpSync('examples', folder, { recursive: true });
  // Without network only the examples without tools run.
  const alone = { name: 'examples', private: true, type: 'module', dependencies: {} };
  if (!isWhole) writeFileSync(join(folder, 'package.json'), JSON.stringify(alone));
  missing = await install(folder);
});

async function start(): Promise<RunningSwitch> {
  const pbx = await startSwitch();
  onTestFinished(() => pbx.close());
  return pbx;
}

/** Parks one call and bridges a second one with it, in the page of an example. */
async function parkAndBridge(page: Page, pbx: RunningSwitch): Promise<void> {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const first = page.getByRole('listitem').first();
  const states = (): string[] => pbx.exchange.calls().map(({ state }) => state);
  await button('Incoming call').click();
  await expect.poll(states).toEqual(['talking']);
  await expectPage(first).toHaveText('free');
  await button('Park').click();
  await expectPage(first).toContainText('Anna');
  await button('Incoming call').click();
  await expect.poll(states).toEqual(['parked', 'talking']);
  await button('Bridge').click();
  await expectPage(first).toHaveText('free');
  expect(states()).toEqual(['bridged', 'talking']);
  await expectPage(page.getByRole('status')).toHaveText('');
}

test('example, a script', async () => {
  const row = rowOf('example, a script');
  const pbx = await start();
  const said = await succeed(folder, ['node', 'node/board.js', pbx.url]);
  expect(said).toMatch(/^1 {2}held {5}Anna$/m);
  expect(said).toMatch(/^2 {2}free$/m);
  expect(said.trimEnd()).toMatch(/bridged with the call from slot 1$/);
  row.outcome = 'parks and bridges';
});

test('example, plain', async () => {
  const row = rowOf('example, plain');
  const pbx = await start();
  const page = await (await open()).newPage();
  const said = listen(page);
  await page.goto(at(`${await serveFolder(folder)}plain/`, pbx.url));
  await parkAndBridge(page, pbx);
  expect(said).toEqual([]);
  row.outcome = 'parks and bridges';
});

describe.runIf(isWhole)('built with Vite', () => {
  async function build(name: string, row: Row): Promise<string> {
    await succeed(folder, ['vite', 'build', name, '--logLevel', 'warn']);
    const output = join(folder, name, 'dist');
    row.wasm = String(countWasm(output));
    expect(row.wasm).toBe('1');
    return serveFolder(output);
  }

  test.for(['react', 'vue'])('example, %s', async (name, context) => {
    const row = rowOf(`example, ${name}`);
    if (missing !== null) context.skip((row.outcome = `not available here: ${missing}`));
    row.versions = versionsOf({ needs: { [name]: '', vite: '' } }, folder);
    const pbx = await start();
    const page = await (await open()).newPage();
    const said = listen(page);
    await page.goto(at(await build(name, row), pbx.url));
    await parkAndBridge(page, pbx);
    expect(said).toEqual([]);
    row.outcome = 'parks and bridges';
  });

  test.for(['sip.js', 'jssip'])('example, softphone with %s', async (phone, context) => {
    const row = rowOf(`example, softphone with ${phone}`);
    if (missing !== null) context.skip((row.outcome = `not available here: ${missing}`));
    row.versions = versionsOf({ needs: { [phone]: '', vite: '' } }, folder);
    const pbx = await start();
    const page = await (await open()).newPage();
    const said = listen(page);
    await page.goto(
      `${at(await build('softphone', row), pbx.url)}&phone=${phone.replace('.', '')}`,
    );
    const line = page.getByRole('list', { name: 'Lines' }).getByRole('listitem').first();
    const telephone = page.getByRole('main');
    const button = (name: string) => telephone.getByRole('button', { name, exact: true });
    await expectPage(page.getByRole('grid')).toBeVisible();
    const { call } = pbx.exchange.ring('341', '+79161112233', 'Anna');

    await expectPage(line).toContainText('Anna is calling');
    await button('Answer').click();
    await expectPage(line).toContainText('Talking with Anna');
    await expect.poll(() => pbx.exchange.calls()[0]?.state).toBe('talking');
    await button('Park').click();
    await expectPage(line).toContainText('Free');
    expect(pbx.exchange.calls()).toMatchObject([{ call, state: 'parked', slot: 1 }]);

    // After three minutes the call returns, and rings in a new dialog.
    pbx.forward(180_000);
    await expectPage(line).toContainText('Anna is calling');
    await button('Answer').click();
    await expectPage(line).toContainText('Talking with Anna');
    // The telephone talks before the switch knows.
    await expect.poll(() => pbx.exchange.calls()[0]?.state).toBe('talking');
    pbx.exchange.hangup(call);
    await expectPage(line).toContainText('Free');
    expect(said).toEqual([]);
    row.outcome = 'answers, parks, is called back';
  });
});
