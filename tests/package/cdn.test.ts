// The pages of docs/cdn.md in Chromium, with a server that has the paths, redirections and headers of
// a CDN. It has another origin than the page, as a CDN does.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startSwitch } from 'valet-park/server';
import { expect, inject, onTestFinished, test } from 'vitest';
import { listen, open, serveFolder } from '../apps/visit.ts';

const { folder, project } = inject('installed');
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const text = readFileSync('docs/cdn.md', 'utf8');
const pages = [...text.matchAll(/^```html\n([^]*?)^```$/gm)].map(([, page = '']) => page);
const [plain = '', pinned = ''] = pages;

/** The address of the package at jsDelivr. */
const published = `https://cdn.jsdelivr.net/npm/valet-park@${manifest.version}`;

/** Starts a CDN. Returns the address that stands for `published`, and one in the form of unpkg. */
async function startCdn(): Promise<{ jsdelivr: string; unpkg: string }> {
  const versioned = `valet-park@${manifest.version}`;
  const read = (path: string) => readFileSync(join(folder, path));
  const url = await serveFolder(folder, (path, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    const [, file] = new RegExp(`^(?:/npm)?/${versioned}/(.+)$`).exec(path) ?? [];
    if (file !== undefined) response.end(read(file));
    // jsDelivr answers the short form with the file, and unpkg with a redirection.
    else if (path === `/npm/${versioned}`) {
      response.setHeader('Content-Type', 'text/javascript').end(read(manifest.jsdelivr));
    } else if (path === `/${versioned}`) {
      response.writeHead(302, { Location: join('/', versioned, manifest.unpkg) }).end();
    } else response.writeHead(404).end();
    return true;
  });
  return { jsdelivr: `${url}npm/${versioned}`, unpkg: `${url}${versioned}` };
}

/** Opens a page of the origin of an app. Returns the page and the messages of its console. */
async function visit(body: string): Promise<{ page: Page; said: readonly string[] }> {
  const page = await (await open()).newPage();
  const said = listen(page);
  const url = await serveFolder(project, (path, response) => {
    if (path === '/') response.end(`<!doctype html><link rel="icon" href="data:,">${body}`);
    return path === '/';
  });
  await page.goto(url);
  return { page, said };
}

function hashOf(file: string): string {
  return `sha384-${createHash('sha384')
    .update(readFileSync(join(folder, 'dist', file)))
    .digest('base64')}`;
}

/** Opens a page of the guide, which loads the package from a CDN, beside a switch with one call. */
async function show(body: string, hashes: (file: string) => string = hashOf) {
  const [{ jsdelivr }, pbx] = await Promise.all([startCdn(), startSwitch()]);
  onTestFinished(() => pbx.close());
  pbx.exchange.answer(pbx.exchange.ring('34414', '+79161112233', 'Anna').call);
  const token = `<script>const token = async () => '${pbx.token}';</script>`;
  expect(body).toContain(published);
  const filled = body
    .replaceAll(published, jsdelivr)
    .replaceAll('https://pbx.example', pbx.url)
    .replace(/sha384-HASH-OF-([\w.]+)/g, (_all, file: string) => hashes(file));
  return visit(token + filled);
}

test('the guide has two pages, and the fields of the manifest name a file', () => {
  expect(pages).toHaveLength(2);
  expect(text.match(/valet-park@[\d.]+\d/g)?.every((name) => published.endsWith(name))).toBe(true);
  for (const field of [manifest.unpkg, manifest.jsdelivr]) expect(field).toBe('./dist/index.js');
});

test.for([
  ['by three lines', plain],
  ['with every file pinned', pinned],
])('a page shows the lot %s', async ([, body = '']) => {
  const { page, said } = await show(body);
  await page.getByText('Anna').first().waitFor();
  await page.getByRole('gridcell', { name: /^Slot 9, free/ }).waitFor();
  expect(said).toEqual([]);
});

test('a page shows the lot in a language that is a file of its own', async () => {
  const { page, said } = await show(plain.replace('<valet-lot', '<valet-lot lang="ru"'));
  await page.getByRole('gridcell', { name: /^Слот 9, / }).waitFor();
  expect(said).toEqual([]);
});

test.for(['index.js', 'element.js', 'valet_park.wasm'])(
  'another hash of %s stops the pinned page',
  async (changed) => {
    const other = `sha384-${createHash('sha384').update('other').digest('base64')}`;
    const hashes = (file: string) => (file === changed ? other : hashOf(file));
    const { page, said } = await show(pinned, hashes);
    await expect.poll(() => said.join()).toMatch(/integrity|not-loaded|Failed to fetch/);
    expect(await page.getByText('Anna').count()).toBe(0);
  },
);

/** A page that loads the module from an address, and puts the outcome of `init` into its title. */
const loads = (address: string) => `<title>…</title><script type="module">
  import { init } from '${address}';
  init().then(() => 'loaded', ({ code }) => code).then((outcome) => (document.title = outcome));
</script>`;

test('unpkg redirects the short form, so the module finds its WebAssembly', async () => {
  const { unpkg } = await startCdn();
  const { page } = await visit(loads(unpkg));
  await expect.poll(() => page.title()).toBe('loaded');
});

test('jsDelivr needs the whole path, as the guide says', async () => {
  const { jsdelivr } = await startCdn();
  const { page } = await visit(loads(jsdelivr));
  await expect.poll(() => page.title()).toBe('not-loaded');
});
