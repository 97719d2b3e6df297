import type { ServerResponse } from 'node:http';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { chromiumLaunch } from '../../scripts/setup/chromium.mjs';
import { serveFolder, type Serve } from '../apps/visit.ts';

const { folder } = inject('installed');

/** A page without a bundler: an import map, and a module that uses an entry point. */
const page = (entry: string, names: string, use: string): string => `<!doctype html>
<link rel="icon" href="data:,">
<script type="importmap">
  { "imports": { "valet-park": "/dist/index.js", "valet-park/lot": "/dist/lot/index.js" } }
</script>
<script type="module">
  import { init, isReady, ${names} } from '${entry}';
  window.finished = (async () => {
    const before = isReady();
    await Promise.all([init(), init()]);
    await init();
    const question = { extension: '34414', call: '1-2', action: 'park' };
    ${use}
    return [before, isReady(), kind, slot].join();
  })().catch(({ name, code, message }) => [name, code, message].join());
</script>`;

const entries = {
  'valet-park': {
    page: page(
      'valet-park',
      'readAnswer',
      `const { kind, slot } = readAnswer(question, 200, '{"slot":"1","UUID":"2"}');`,
    ),
    files: ['/dist/index.js', '/dist/valet_park.wasm'],
    copy: '/dist/inlined.js',
  },
  'valet-park/lot': {
    page: page('valet-park/lot', 'Lot', 'const { kind, slot } = new Lot().ask(0, question);'),
    files: ['/dist/lot/index.js', '/dist/lot/valet_park_lot.wasm'],
    copy: '/dist/lot/inlined.js',
  },
};

interface Visit {
  /** The result of the program in the page. */
  readonly outcome: string;
  /** The messages of the console, and the uncaught errors. */
  readonly console: readonly string[];
  /** The files of the package that the page requested. */
  readonly loaded: readonly string[];
}

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(chromiumLaunch());
});
afterAll(() => browser.close());

/** Opens the page in a new context. `serve` may answer a request itself, and then returns true. */
async function visit(page: string, serve: Serve = () => false): Promise<Visit> {
  const url = await serveFolder(folder, (path, response) => {
    if (serve(path, response)) return true;
    if (path === '/') response.end(page);
    return path === '/';
  });
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    const said: string[] = [];
    const loaded: string[] = [];
    tab.on('console', (message) => said.push(message.text()));
    tab.on('pageerror', (error) => said.push(String(error)));
    tab.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await tab.goto(url);
    const outcome = await tab.evaluate(() => (window as { finished?: Promise<string> }).finished);
    const ours = loaded.filter((path) => path.startsWith('/dist/')).sort();
    return { outcome: outcome ?? 'the page did not run', console: said, loaded: ours };
  } finally {
    await context.close();
  }
}

const worked = 'false,true,parked,1';

const policy = (script: string) => (path: string, response: ServerResponse) => {
  const rules = `default-src 'none'; img-src data:; connect-src 'self'; script-src ${script}`;
  if (path === '/') response.setHeader('Content-Security-Policy', rules);
  return false;
};

describe.each(Object.entries(entries))('%s', (_entry, { page, files, copy }) => {
  test('loads the WebAssembly once on a plain page, without a message', async () => {
    expect(await visit(page)).toEqual({ outcome: worked, console: [], loaded: files });
  });

  test('loads WebAssembly with a wrong media type', async () => {
    const { outcome } = await visit(page, (path, response) => {
      if (path.endsWith('.wasm')) response.setHeader('Content-Type', 'application/octet-stream');
      return false;
    });
    expect(outcome).toBe(worked);
  });

  test.each([
    ['is missing', 404, 'not found'],
    ['is HTML', 200, '<!doctype html><title>Welcome</title>'],
    ['is empty', 200, ''],
  ])('uses the inlined copy if the WebAssembly %s', async (_name, status, body) => {
    const { outcome, loaded } = await visit(page, (path, response) => {
      if (!path.endsWith('.wasm')) return false;
      response.writeHead(status, { 'Content-Type': 'text/html' }).end(body);
      return true;
    });
    expect(outcome).toBe(worked);
    expect(loaded).toContain(copy);
  });

  test('needs only wasm-unsafe-eval in a content security policy', async () => {
    const { outcome } = await visit(page, policy(`'self' 'unsafe-inline' 'wasm-unsafe-eval'`));
    expect(outcome).toBe(worked);
  });

  test('names the content security policy in the error', async () => {
    const { outcome } = await visit(page, policy(`'self' 'unsafe-inline'`));
    expect(outcome).toMatch(/^ValetError,not-loaded,.*'wasm-unsafe-eval'/);
  });
});
