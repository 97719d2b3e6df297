// <valet-lot> in another page: in a shadow tree, under a strict Content-Security-Policy, and isolated
// from the styles of the page.

import type { Page } from '@playwright/test';
import type { ValetLot } from 'valet-park/element';
import type { RunningSwitch } from 'valet-park/server';
import { expect, test } from './fixture.ts';

declare global {
  interface Window {
    lot: ValetLot;
    events: string[];
  }
}

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self'";

const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
  '/embed/': [
    'text/html',
    `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Softphone</title>
    <link rel="icon" href="data:,"><link rel="stylesheet" href="/embed/host.css">
    <script type="module" src="/embed/main.js"></script>
    <h1>Softphone</h1><p class="name">Not a tile</p><my-phone></my-phone></html>`,
  ],
  '/embed/host.css': ['text/css', 'button { display: none } .name { color: rgb(1, 2, 3) }'],
  '/embed/main.js': [
    'text/javascript',
    `import { ValetPark } from '/index.js';
    import '/element.js';
    class MyPhone extends HTMLElement {
      constructor() { super(); this.attachShadow({ mode: 'open' }); }
    }
    customElements.define('my-phone', MyPhone);
    const token = new URLSearchParams(location.search).get('token');
    const headers = () => ({ Authorization: 'Bearer ' + token });
    const feed = '/feed?extension=34414';
    const lot = (window.lot = document.createElement('valet-lot'));
    window.events = [];
    for (const type of ['before-park', 'parked', 'before-bridge', 'bridged', 'failed'])
      document.addEventListener('parking-' + type, (event) => {
        const { call, ...rest } = event.detail;
        window.events.push(type + ' ' + JSON.stringify({ slot: rest.slot }));
      });
    document.querySelector('my-phone').shadowRoot.append(lot);
    lot.park = await ValetPark.open({ baseUrl: '/api/ver1.0', extension: '34414', headers, feed });
    document.title = 'ready';`,
  ],
};

async function open(page: Page, pbx: RunningSwitch): Promise<void> {
  await page.route('**/embed/*', (route) => {
    const [contentType, body] = files[new URL(route.request().url()).pathname] ?? ['', ''];
    return route.fulfill({ contentType, body, headers: { 'content-security-policy': policy } });
  });
  await page.goto(`/embed/?token=${pbx.token}`);
  await expect(page).toHaveTitle('ready');
}

test('works in a shadow tree under a strict policy, in the language of the page', async ({
  page,
  pbx,
}) => {
  await open(page, pbx);
  await expect(page.getByRole('grid', { name: 'Припаркованные вызовы' })).toBeVisible();
  pbx.exchange.answer(pbx.exchange.ring('34414', '+7 495 123-45-67', 'Анна').call);
  await page.getByRole('button', { name: 'Поставить сюда, слот 3' }).click();
  await expect(page.getByRole('gridcell', { name: /^Слот 3, Анна/ })).toBeVisible();
  // The feed can show the caller before the answer to the command arrives.
  await expect
    .poll(() => page.evaluate(() => window.events))
    .toEqual(['before-park {"slot":3}', 'parked {"slot":3}']);
});

test('page and panel do not share styles, and the page keeps its title', async ({ page, pbx }) => {
  await open(page, pbx);
  const colour = (selector: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).color);
  expect(await colour('p.name')).toBe('rgb(1, 2, 3)');
  expect(await colour('valet-tile .name')).not.toBe('rgb(1, 2, 3)');
  await expect(page.locator('valet-tile button').first()).toBeVisible();
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  await expect(page).toHaveTitle('ready');
});

test('attributes and properties configure the panel', async ({ page, pbx }) => {
  await open(page, pbx);
  await page.evaluate(() => {
    const { lot } = window;
    for (const [name, value] of [
      ['lang', 'en'],
      ['layout', 'dock'],
      ['confirm', 'always'],
      ['home', 'Front desk'],
      ['heading', ''],
      ['theme', 'dark'],
    ] as const) {
      lot.setAttribute(name, value);
    }
    lot.nameOf = (extension) => `desk ${extension}`;
  });
  await expect(page.getByRole('heading', { name: 'Calls of Front desk' })).toBeVisible();
  await expect(page.locator('valet-board')).toHaveAttribute('layout', 'dock');
  await expect(page.locator('valet-lot')).toHaveCSS('color-scheme', 'dark');
  const { call } = pbx.exchange.ring('32494', '+1 202 555 0123', 'Bob');
  pbx.exchange.answer(call);
  pbx.exchange.ask({ extension: '32494', call, action: 'park', slot: 1 });
  await expect(page.getByRole('gridcell', { name: /^Slot 1, Bob.*desk 32494/ })).toBeVisible();
  await page.evaluate(() => window.lot.setAttribute('layout', 'nonsense'));
  await expect(page.locator('valet-board')).toHaveAttribute('layout', 'board');
});

test('parts and custom properties change the styles', async ({ page, pbx }) => {
  await open(page, pbx);
  const looks = await page.evaluate(async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      'valet-lot { --parking-shade: rgb(9, 8, 7) } valet-lot::part(slot) { color: rgb(7, 7, 7) }',
    );
    const root = window.lot.getRootNode() as ShadowRoot;
    root.adoptedStyleSheets = [sheet];
    window.lot.theme = 'light';
    await window.lot.updateComplete;
    const find = (from: ParentNode, ...path: string[]): Element | null => {
      const [first = '', ...rest] = path;
      const found = from.querySelector(first);
      return rest.length === 0 || !found?.shadowRoot ? found : find(found.shadowRoot, ...rest);
    };
    const slot = find(root, 'valet-lot', 'valet-board', 'valet-tile', '.slot');
    const lot = find(root, 'valet-lot', '.lot');
    return [slot && getComputedStyle(slot).color, lot && getComputedStyle(lot).backgroundColor];
  });
  expect(looks).toEqual(['rgb(7, 7, 7)', 'rgb(9, 8, 7)']);
});

test('works after it was removed and inserted again, and shows no data without a client', async ({
  page,
  pbx,
}) => {
  await open(page, pbx);
  await page.evaluate(() => {
    const { lot } = window;
    const home = lot.getRootNode() as ShadowRoot;
    lot.remove();
    home.append(lot);
  });
  pbx.exchange.answer(pbx.exchange.ring('34414', '+7 495 123-45-67', 'Анна').call);
  await expect(page.getByRole('radio', { name: /Анна/ })).toBeVisible();
  await page.evaluate(() => (window.lot.park = null));
  await expect(page.getByRole('radio')).toHaveCount(0);
  await expect(page.getByRole('gridcell', { name: 'Слот 9, нет данных' })).toBeVisible();
});

test('the result of a command is not shown after the client has changed', async ({ page, pbx }) => {
  await open(page, pbx);
  const call = pbx.exchange.answer(pbx.exchange.ring('34414', '+1 202 555 0123', 'Anna').call).call;
  const lot = page.locator('valet-lot');
  await expect(lot.getByRole('radio', { name: /^Anna/ })).toBeVisible();
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/valet_park/**', async (route) => {
    await held;
    await route.continue();
  });
  await lot.getByRole('button', { name: /Припарковать/ }).click();
  await page.evaluate(() => (window.lot.park = null));
  release();
  await expect
    .poll(() => pbx.exchange.calls().find((each) => each.call === call)?.state)
    .toBe('parked');
  await expect.poll(() => page.evaluate(() => window.events)).toContain('parked {"slot":1}');
  await expect(page.locator('valet-notices').getByRole('status')).toHaveText('');
  await expect(page.locator('valet-notices .huge')).toHaveCount(0);
});

test('sets translate="no", unless the page has set the attribute', async ({ page, pbx }) => {
  await open(page, pbx);
  await expect(page.locator('valet-lot')).toHaveAttribute('translate', 'no');
  const own = await page.evaluate(() => {
    const lot = document.createElement('valet-lot');
    lot.setAttribute('translate', 'yes');
    document.body.append(lot);
    return lot.getAttribute('translate');
  });
  expect(own).toBe('yes');
});
