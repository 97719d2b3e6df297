// A page that only loads the package and opens a client.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { ValetPark, ValetParkOptions } from 'valet-park';
import type { RunningSwitch } from 'valet-park/server';

declare global {
  interface Window {
    /** The client of the page. */
    park: ValetPark;
    options: ValetParkOptions;
  }
}

const html = `<!doctype html>
<meta charset="utf-8" />
<link rel="icon" href="data:," />
<title>plain</title>
<script type="importmap">{ "imports": { "valet-park": "/plain/index.js" } }</script>
<script type="module">
  import { ValetPark } from 'valet-park';
  const { token, feed } = Object.fromEntries(new URLSearchParams(location.search));
  window.park = await ValetPark.open({
    baseUrl: '/api/ver1.0',
    extension: '34414',
    headers: () => ({ Authorization: 'Bearer ' + token }),
    feed: feed ?? null,
  });
  window.park.subscribe(() => {});
</script>`;

const types: Record<string, string> = { js: 'text/javascript', wasm: 'application/wasm' };

/** A plain page, and the requests that it sends. */
export class Plain {
  readonly page: Page;
  /** The bodies of the requests to the resource, in order. */
  readonly requests: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => {
      if (request.url().includes('/valet_park/')) this.requests.push(request.postData() ?? '');
    });
  }

  static async open(page: Page, pbx: RunningSwitch, feed?: string): Promise<Plain> {
    const plain = new Plain(page);
    await page.clock.install();
    await page.route('**/plain/*', (route) => {
      const name = new URL(route.request().url()).pathname.slice('/plain/'.length);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: html });
      const body = readFileSync(`dist/${name}`);
      return route.fulfill({ contentType: types[name.split('.').at(-1) ?? ''] ?? '', body });
    });
    const query = new URLSearchParams({ token: pbx.token, ...(feed && { feed }) });
    await page.goto(`/plain/?${query.toString()}`);
    await page.waitForFunction(() => 'park' in window);
    return plain;
  }

  /** Passes a call event to the client. */
  async track(event: string): Promise<void> {
    await this.page.evaluate((event) => window.park.track(event), event);
  }

  async role(): Promise<string> {
    return this.page.evaluate(() => window.park.getSnapshot().sync.role);
  }

  async state(slot: number): Promise<string> {
    const state = (slot: number) => window.park.getSnapshot().slots[slot - 1]?.state ?? '';
    return this.page.evaluate(state, slot);
  }
}
