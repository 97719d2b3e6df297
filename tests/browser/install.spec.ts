// The installed panel: the manifest, the page that is shown while the server does not answer, and the
// version after an upgrade.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startLots, startSwitch } from 'valet-park/server';
import { chromiumLaunch } from '../../scripts/setup/chromium.mjs';
import { violationsIn } from './axe.ts';
import { expect, test } from './fixture.ts';

test.use({ serviceWorkers: 'allow' });

/** Opens the page and waits until its service worker controls the page. */
async function openControlled(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  });
}

test('the browser can install the panel', async ({ playwright, pbx }) => {
  const browser = await playwright.chromium.launch(chromiumLaunch({ isWhole: true }));
  const page = await browser.newPage();
  await openControlled(page, `${pbx.url}/?extension=341`);
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A window of Playwright is a private window. Nothing else prevents an installation.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  await browser.close();
});

test('the icons have the sizes that the manifest names', async ({ request, pbx }) => {
  interface Manifest {
    readonly icons: readonly { readonly src: string; readonly sizes: string }[];
  }
  const manifest = (await (
    await request.get(`${pbx.url}/manifest.webmanifest`)
  ).json()) as Manifest;
  for (const { src, sizes } of manifest.icons) {
    const png = await (await request.get(pbx.url + src)).body();
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes);
  }
});

/** The browser itself reports the missing server in the console. */
const withLoudConsole = test.extend({
  silentConsole: async ({}, use) => use(undefined),
});

withLoudConsole(
  'while the server does not answer, the page says so, and opens again by itself',
  async ({ page }) => {
    const first = await startSwitch();
    const url = `${first.url}/?extension=341`;
    await openControlled(page, url);
    await first.close();
    await page.goto(url);
    await expect(page.getByRole('heading', { name: 'Offline' })).toBeVisible();
    await expect(page.getByRole('grid')).toHaveCount(0);
    expect(await violationsIn(page)).toEqual([]);
    await page.goto(`${url}&lang=ru`);
    await expect(page.getByRole('heading', { name: 'Нет соединения' })).toBeVisible();
    const second = await startSwitch({ port: Number(new URL(first.url).port) });
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect(page.getByRole('grid')).toBeVisible();
    await second.close();
  },
);

test('the service worker stores nothing', async ({ page, pbx }) => {
  await openControlled(page, `${pbx.url}/?extension=341`);
  await page.reload();
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test('a page that is opened after an upgrade has the new version', async ({ page }) => {
  const panel = mkdtempSync(join(tmpdir(), 'valet-park-'));
  cpSync('dist/www', panel, { recursive: true });
  const old = await startSwitch({ panel });
  const url = `${old.url}/?extension=341`;
  await openControlled(page, url);
  // An open panel would write its lost connection to the console.
  await page.goto('about:blank');
  await old.close();
  const index = join(panel, 'index.html');
  const upgraded = readFileSync(index, 'utf8').replace('<body>', '<body data-version="new">');
  writeFileSync(index, upgraded);
  const next = await startSwitch({ panel, port: Number(new URL(old.url).port) });
  await page.goto(url);
  await expect(page.locator('body')).toHaveAttribute('data-version', 'new');
  await next.close();
  rmSync(panel, { recursive: true });
});

withLoudConsole('each lot of a process has its own installed panel', async ({ page }) => {
  const client = { id: 'relay', secret: 's3cret-s3cret' };
  const pbx = await startSwitch({ strict: client });
  const upstream = { url: pbx.url, clientId: client.id, clientSecret: client.secret };
  const lots = ['acme', 'globex'].map((name) => ({ name, upstream, extensions: ['34414'] }));
  const logger = { info() {}, warn() {} };
  const first = await startLots({ lots, logger });
  const installed = async (lot: string) => {
    await openControlled(page, `${first.url}/lot/${lot}/`);
    return page.evaluate(async () => {
      const address = document.querySelector<HTMLLinkElement>('link[rel=manifest]')?.href ?? '';
      const manifest = (await (await fetch(address)).json()) as Record<string, string>;
      const registration = await navigator.serviceWorker.ready;
      // A manifest without an id has the start as its id.
      const { start_url: start = '', scope = '', id = null } = manifest;
      const of = (relative: string) => new URL(relative, address).pathname;
      return [of(start), of(scope), id, new URL(registration.scope).pathname];
    });
  };
  expect(await installed('acme')).toEqual(['/lot/acme/', '/lot/acme/', null, '/lot/acme/']);
  expect(await installed('globex')).toEqual(['/lot/globex/', '/lot/globex/', null, '/lot/globex/']);

  await first.close();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Offline' })).toBeVisible();
  // The page asks every few seconds.
  const answer = page.waitForResponse((response) => response.url().endsWith('/panel.json'));
  const second = await startLots({ lots, logger, port: Number(new URL(first.url).port) });
  expect(new URL((await answer).url()).pathname).toBe('/lot/globex/panel.json');
  await expect(page.locator('valet-pairing')).toBeVisible();
  await page.goto('about:blank');
  await second.close();
  await pbx.close();
});
