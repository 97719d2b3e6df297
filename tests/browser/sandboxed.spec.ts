// The client in a sandboxed frame, where the browser refuses locks.

import { readFileSync } from 'node:fs';
import type { Frame, Page } from '@playwright/test';
import type {} from './plain.ts';
import { expect, test } from './fixture.ts';

const inner = `<!doctype html>
<link rel="icon" href="data:," />
<script type="module">
  import { ValetPark } from '/frame/index.js';
  window.requests = 0;
  if (navigator.locks) {
    const request = navigator.locks.request.bind(navigator.locks);
    navigator.locks.request = (...rest) => ((window.requests += 1), request(...rest));
  }
  window.park = await ValetPark.open({
    baseUrl: 'https://pbx.invalid/api',
    extension: '34414',
    feed: 'https://pbx.invalid/feed',
    fetch: () => new Promise(() => {}),
  });
  window.park.subscribe(() => {});
</script>`;

/** Opens a client in a frame with these attributes. */
async function open(page: Page, attributes: string): Promise<Frame> {
  await page.route('**/frame/*', (route) => {
    const name = new URL(route.request().url()).pathname.slice('/frame/'.length);
    const headers = { 'access-control-allow-origin': '*' };
    const html = (body: string) => route.fulfill({ contentType: 'text/html', body, headers });
    if (name === 'outer') return html(`<iframe ${attributes} src="/frame/inner"></iframe>`);
    if (name === 'inner') return html(inner);
    const contentType = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    return route.fulfill({ contentType, body: readFileSync(`dist/${name}`), headers });
  });
  await page.goto('/frame/outer');
  const frame = page.frames()[1];
  if (!frame) throw new Error('expected a frame within the page, found none');
  await frame.waitForFunction(() => 'park' in window);
  return frame;
}

test('a client in a sandboxed frame works alone, and asks for a lock once', async ({ page }) => {
  const frame = await open(page, 'sandbox="allow-scripts"');
  const found = (): Promise<unknown> =>
    frame.evaluate(() => [
      window.park.getSnapshot().sync.role,
      (window as unknown as { requests: number }).requests,
    ]);
  await expect.poll(found).toEqual(['solo', expect.any(Number)]);
  expect(((await found()) as [string, number])[1]).toBeLessThan(2);
});

test('a client in a frame of the same origin joins the tabs', async ({ page }) => {
  const frame = await open(page, '');
  const role = (): Promise<string> => frame.evaluate(() => window.park.getSnapshot().sync.role);
  await expect.poll(role).toBe('leader');
});
