import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDesk } from './desk.ts';

/** Creates a folder like the build does, with the WebAssembly and a private file beside it. */
function buildPanel(): string {
  const dist = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(dist, { recursive: true }));
  mkdirSync(join(dist, 'www/assets'), { recursive: true });
  writeFileSync(join(dist, 'www/index.html'), '<!doctype html><title>panel</title>');
  for (const name of ['a.js', 'a.css', 'a.svg', 'a b.txt', 'a.unheard']) {
    writeFileSync(join(dist, 'www/assets', name), name);
  }
  writeFileSync(join(dist, 'valet_park.wasm'), 'wasm');
  writeFileSync(join(dist, 'private.txt'), 'private');
  return join(dist, 'www');
}

test.for([
  ['/', 'text/html; charset=utf-8'],
  ['/?lang=ru', 'text/html; charset=utf-8'],
  ['/index.html', 'text/html; charset=utf-8'],
  ['/assets/a.js', 'text/javascript; charset=utf-8'],
  ['/assets/a.css', 'text/css; charset=utf-8'],
  ['/assets/a.svg', 'image/svg+xml'],
  ['/assets/a%20b.txt', 'text/plain; charset=utf-8'],
  ['/assets/a.unheard', 'application/octet-stream'],
  ['/valet_park.wasm', 'application/wasm'],
] as const)('%s is served as %s', async ([path, type]) => {
  const desk = await openDesk({ panel: buildPanel() });
  const { status, headers, text } = await desk.send('GET', path, undefined, { authorization: '' });
  expect([status, headers.get('content-type')]).toEqual([200, type]);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(text).not.toBe('');
  const head = await desk.send('HEAD', path);
  expect([head.status, head.text]).toEqual([200, '']);
});

test('the page can run its own scripts and WebAssembly, and load nothing else', async () => {
  const desk = await openDesk({ panel: buildPanel() });
  const { headers } = await desk.send('GET', '/');
  const policy = (headers.get('content-security-policy') ?? '').split('; ');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy.join()).not.toMatch(/'unsafe-|https?:|\*/);
});

test.for([
  '/private.txt',
  '/../private.txt',
  '/..%2fprivate.txt',
  '/%2e%2e/private.txt',
  '/assets/../../private.txt',
  '/assets/..%5c..%5cprivate.txt',
  '/assets',
  '/assets/',
  '/%00',
  '/%',
  '//private.txt',
  '/__proto__',
])('%s is not served', async (path) => {
  const desk = await openDesk({ panel: buildPanel() });
  const { request } = await import('node:http');
  const status = await new Promise((resolve) => {
    // Node sends the path unchanged. `fetch` would normalise it.
    const { hostname, port } = new URL(desk.pbx.url);
    request({ hostname, port, path }, (response) => resolve(response.resume().statusCode)).end();
  });
  expect(status).toBe(404);
});

test('the switch works without a built panel', async () => {
  const desk = await openDesk({ panel: join(tmpdir(), 'nowhere') });
  expect(await desk.send('GET', '/')).toMatchObject({
    status: 404,
    json: { message: 'Not found' },
  });
  expect((await desk.send('GET', '/play')).status).toBe(200);
});
