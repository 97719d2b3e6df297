// The panel of a relay: it is paired by a code, shows the lot, and shows a code again when its token is
// revoked. A strict switch stands in for a real one.

import { test as base, type Page } from '@playwright/test';
import { startRelay, startSwitch, type RunningRelay, type RunningSwitch } from 'valet-park/server';
import { violationsIn } from './axe.ts';
import { expect } from './fixture.ts';

interface Fixtures {
  readonly pbx: RunningSwitch;
  readonly relay: RunningRelay;
}

const test = base.extend<Fixtures>({
  pbx: async ({}, use) => {
    const pbx = await startSwitch({ strict: { id: 'relay', secret: 's3cret' } });
    await use(pbx);
    await pbx.close();
  },
  relay: async ({ pbx }, use) => {
    const relay = await startRelay({
      upstream: { url: pbx.url, clientId: 'relay', clientSecret: 's3cret' },
      extensions: ['34414', '32494'],
      names: { 34414: 'Reception', 32494: 'Sales' },
    });
    pbx.exchange.onEvent(({ fields }) => {
      const body = new URLSearchParams(fields);
      void fetch(relay.url + relay.hookPath, { method: 'POST', body });
    });
    await relay.ready;
    await use(relay);
    await relay.close();
  },
  baseURL: async ({ relay }, use) => use(relay.url),
});

const board = (page: Page) =>
  page.getByRole('grid', { name: /^(Parked calls|Припаркованные вызовы)$/ });

/** Returns the code that a page shows. */
async function codeOn(page: Page): Promise<string> {
  const shown = page.getByRole('img', { name: /^(Pairing code|Код подключения): ./ });
  const label = (await shown.getAttribute('aria-label')) ?? '';
  return label.replace(/^.*:/, '').replace(/[\s-]/g, '');
}

async function pair(page: Page, relay: RunningRelay, extension: string, name: string) {
  await page.goto('/');
  const code = await codeOn(page);
  const info = await relay.admin.pair(code, { name, extensions: [extension] });
  await expect(board(page)).toBeVisible();
  return info;
}

test('a page whose first request fails tries again', async ({ page }) => {
  await page.clock.install();
  let failures = 0;
  await page.route('**/panel.json', async (route) => {
    if (failures > 0) return route.continue();
    failures += 1;
    return route.fulfill({ status: 502, json: { message: 'the server restarts' } });
  });
  await page.goto('/');
  await expect(page.getByText('The switch did not answer: the server restarts')).toBeVisible();
  await page.clock.fastForward(5_000);
  await expect(page.getByRole('heading', { name: 'Pair this panel' })).toBeVisible();
});

test('a panel shows a code, and after the pairing the lot', async ({ page, relay, pbx }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Pair this panel' })).toBeVisible();
  const code = await codeOn(page);
  expect(code).toMatch(/^[B-DF-HJ-NP-TV-Z]{8}$/);
  await expect(
    page.getByText(`valet-park pair ${code.slice(0, 4)}-${code.slice(4)}`),
  ).toBeVisible();
  // A person reads the code from a distance.
  const height = await page
    .locator('.code span')
    .first()
    .evaluate((span) => span.clientHeight);
  expect(height).toBeGreaterThan(80);

  await relay.admin.pair(code, { name: 'Front desk', extensions: ['34414'] });
  await expect(board(page)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Front desk', exact: true })).toBeVisible();
  await expect(page).toHaveTitle('Parked calls');

  const { call } = pbx.exchange.ring('34414', '+79161112233', 'Anna Petrova');
  pbx.exchange.answer(call);
  await page.getByRole('radio', { name: /^Anna Petrova.*Talking$/ }).click();
  await page
    .getByRole('gridcell', { name: /slot 6\b/i })
    .getByRole('button', { name: /^Park here/ })
    .click();
  await expect(page.getByRole('gridcell', { name: /slot 6\b.*Anna Petrova/i })).toBeVisible();
});

test('two panels see the same lot', async ({ browser, relay, pbx, page }) => {
  await pair(page, relay, '34414', 'Reception');
  const other = await (await browser.newContext({ baseURL: relay.url })).newPage();
  await pair(other, relay, '32494', 'Sales');
  const { call } = pbx.exchange.ring('34414', '+79161112233', 'Anna Petrova');
  pbx.exchange.answer(call);
  await page.getByRole('radio', { name: /^Anna Petrova.*Talking$/ }).click();
  await page
    .getByRole('gridcell', { name: /slot 3\b/i })
    .getByRole('button', { name: /^Park here/ })
    .click();
  for (const each of [page, other]) {
    await expect(each.getByRole('gridcell', { name: /slot 3\b.*Anna Petrova/i })).toBeVisible();
  }
  // The call itself belongs to the first panel.
  await expect(other.getByRole('radio', { name: /^Anna Petrova/ })).toHaveCount(0);
});

test('a paired panel stays paired after a reload', async ({ page, relay }) => {
  await pair(page, relay, '34414', 'Reception');
  await page.reload();
  await expect(board(page)).toBeVisible();
});

test('a revoked token brings the code back, in every tab', async ({ page, context, relay }) => {
  const { id } = await pair(page, relay, '34414', 'Reception');
  const second = await context.newPage();
  await second.goto('/');
  await expect(board(second)).toBeVisible();
  await relay.admin.revokeToken(id);
  for (const each of [page, second]) {
    await expect(each.getByText('The access of this panel has ended.')).toBeVisible();
    await expect(board(each)).toBeHidden();
  }
  const code = await codeOn(page);
  await relay.admin.pair(code, { name: 'Reception', extensions: ['34414'] });
  await expect(board(page)).toBeVisible();
});

test('a code that has expired is replaced by a new one', async ({ page }) => {
  await page.clock.install();
  await page.goto('/');
  const first = await codeOn(page);
  await page.route('**/pair/poll', (route) => route.fulfill({ json: { state: 'expired' } }));
  await page.clock.fastForward(4_000);
  await expect.poll(() => codeOn(page)).not.toBe(first);
});

test('without a connection the page says so, and continues later', async ({ page, relay }) => {
  await page.clock.install();
  await page.goto('/');
  const code = await codeOn(page);
  await page.route('**/pair/poll', (route) => route.abort());
  await page.clock.fastForward(4_000);
  await expect(page.getByRole('alert')).toContainText('No connection to the relay');
  await page.unroute('**/pair/poll');
  await relay.admin.pair(code, { name: 'Reception', extensions: ['34414'] });
  await page.clock.fastForward(6_000);
  await page.clock.fastForward(4_000);
  await expect(board(page)).toBeVisible();
});

for (const [colorScheme, lang] of [
  ['light', 'en'],
  ['dark', 'ru'],
] as const) {
  test(`the pairing page is accessible, ${colorScheme}, ${lang}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`/?lang=${lang}`);
    await codeOn(page);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    expect(await violationsIn(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
}

test('the paired panel is accessible', async ({ page, relay }) => {
  await pair(page, relay, '34414', 'Reception');
  expect(await violationsIn(page)).toEqual([]);
});
