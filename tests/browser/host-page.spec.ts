// Pages that interfere with the panel: translators, and policies for Trusted Types.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type {} from './plain.ts';
import { Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

/** Replaces every text node of the panel with an element, as a translator does. */
function translate(page: Page): Promise<number> {
  return page.evaluate(() => {
    let count = 0;
    const walk = (root: Node): void => {
      for (const node of [...root.childNodes]) {
        if (node instanceof Text && node.data.trim() !== '') {
          // oxlint-disable-next-line typescript/no-deprecated -- translators still use it
          const font = document.createElement('font');
          font.textContent = `«${node.data}»`;
          node.replaceWith(font);
          count += 1;
        } else if (node instanceof Element && node.localName !== 'style') {
          if (node.shadowRoot !== null) walk(node.shadowRoot);
          walk(node);
        }
      }
    };
    walk(window.lot.shadowRoot ?? window.lot);
    return count;
  });
}

test('the panel shows new states after a translator has replaced its texts', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ slots: [held(2, 'Anna')] });
  const classes = (slot: number): Promise<string | null> => fake.tile(slot).getAttribute('class');
  const [free, waits] = [await classes(1), await classes(2)];
  expect(free).not.toBe(waits);
  expect(await translate(page)).toBeGreaterThan(9);

  await fake.show({ slots: [held(1, 'Boris'), { slot: 2, state: 'free' }] });
  await expect(fake.tile(1)).toHaveAccessibleName(/^Slot 1, Boris, /);
  await expect(fake.tile(2)).toHaveAccessibleName('Slot 2, free');
  await expect.poll(() => classes(1)).toBe(waits);
  await expect.poll(() => classes(2)).toBe(free);

  await fake.show({ sync: { state: 'offline' } });
  await expect(page.locator('valet-sync .state')).toHaveClass(/\boffline\b/);
});

/**
 * Opens a page under a policy for Trusted Types. Returns the result of importing the element, and of
 * opening a client.
 */
async function openWithPolicy(page: Page, policies: string): Promise<readonly [string, string]> {
  const policy = `require-trusted-types-for 'script'; trusted-types ${policies}`;
  await page.route('**/typed/*', (route) => {
    const name = new URL(route.request().url()).pathname.slice('/typed/'.length);
    const isPage = name === '';
    const body = isPage
      ? '<!doctype html><link rel="icon" href="data:," />'
      : readFileSync(`dist/${name}`);
    const script = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    const contentType = isPage ? 'text/html' : script;
    return route.fulfill({ contentType, body, headers: { 'content-security-policy': policy } });
  });
  await page.goto('/typed/');
  return page.evaluate(async () => {
    const load = (file: string): Promise<unknown> => import(`/typed/${file}.js`);
    const element = await load('element').then(
      () => (customElements.get('valet-lot') === undefined ? 'not defined' : 'defined'),
      (error: unknown) => String(error),
    );
    const { ValetPark } = (await load('index')) as typeof import('valet-park');
    const options = { baseUrl: '/api/ver1.0', extension: '34414' };
    const client = await ValetPark.open(options).then(
      (park) => `${park.getSnapshot().slots.length} slots`,
      (error: unknown) => String(error),
    );
    return [element, client] as const;
  });
}

test('the element needs only the policy that the guide names', async ({ page }) => {
  expect(readFileSync('docs/loading.md', 'utf8')).toContain('trusted-types lit-html');
  expect(await openWithPolicy(page, 'lit-html')).toEqual(['defined', '9 slots']);
});

test('without that policy the error names it, and the client works', async ({
  browser,
  baseURL,
}) => {
  // A separate context, because the browser writes an error to the console.
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const [element, client] = await openWithPolicy(await context.newPage(), "'none'");
  expect(element).toMatch(/policy.*lit-html.*disallowed/i);
  expect(client).toBe('9 slots');
  await context.close();
});
