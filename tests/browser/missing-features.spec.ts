// Browsers without optional features: the panel stays usable, writes nothing to the console (the fixture
// checks that), and does not retry forever.

import type { Page } from '@playwright/test';
import { Fake, caller, held } from './fake.ts';
import { chooseFromMenu, expect, test } from './fixture.ts';
import { setHidden } from './visibility.ts';

/** The ways in which a browser can refuse features. */
const refusals: Readonly<Record<string, () => void>> = {
  'throws on access': () => {
    const no = (): never => {
      throw new DOMException('refused', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, { get: no });
    }
    for (const name of ['locks', 'clipboard', 'setAppBadge', 'clearAppBadge', 'vibrate']) {
      Object.defineProperty(navigator, name, { get: no });
    }
    for (const name of [
      'Notification',
      'AudioContext',
      'BroadcastChannel',
      'ResizeObserver',
      'matchMedia',
    ]) {
      Object.defineProperty(window, name, { get: no });
    }
    Object.defineProperty(Intl, 'Segmenter', { value: no });
  },
  'is missing': () => {
    for (const name of ['localStorage', 'Notification', 'AudioContext', 'BroadcastChannel']) {
      Object.defineProperty(window, name, { value: undefined });
    }
    for (const name of ['ResizeObserver', 'matchMedia']) {
      Object.defineProperty(window, name, { value: undefined });
    }
    for (const name of ['locks', 'clipboard', 'setAppBadge', 'clearAppBadge', 'vibrate']) {
      Object.defineProperty(navigator, name, { value: undefined });
    }
    Object.defineProperty(Intl, 'Segmenter', { value: undefined });
  },
  'exists, but throws or rejects': () => {
    const throws = (): never => {
      throw new TypeError('Illegal constructor');
    };
    const rejects = (): Promise<never> => Promise.reject(new DOMException('no', 'NotAllowedError'));
    class Notified {
      static permission = 'default';
      static requestPermission = rejects;
      constructor() {
        throws();
      }
    }
    class Silent {
      state = 'suspended';
      currentTime = 0;
      resume = rejects;
      close = rejects;
      createOscillator = throws;
      createGain = throws;
    }
    Object.defineProperty(window, 'Notification', { value: Notified });
    Object.defineProperty(window, 'AudioContext', { value: Silent });
    Object.defineProperty(window, 'ResizeObserver', { value: throws });
    Storage.prototype.getItem = throws;
    Storage.prototype.setItem = throws;
    Storage.prototype.removeItem = throws;
    for (const [name, value] of [
      ['locks', { request: rejects }],
      ['clipboard', { writeText: rejects }],
      ['setAppBadge', rejects],
      ['clearAppBadge', throws],
    ] as const) {
      Object.defineProperty(navigator, name, { value });
    }
  },
  'never answers': () => {
    const never = (): Promise<never> => new Promise(() => {});
    Object.defineProperty(navigator, 'locks', { value: { request: never } });
    AudioContext.prototype.resume = never;
    Notification.requestPermission = never;
  },
};

/** Parks, copies, changes settings, and gets an alert while the page is hidden. */
async function usePanel(fake: Fake, page: Page): Promise<void> {
  await page.evaluate(() => (window.lot.ownsPage = true));
  await fake.show({
    slots: [held(2, `Anna ${'👩‍👩‍👧‍👦'.repeat(20)}`, { mine: true, returnsAt: 50_000 })],
    calls: [{ caller: caller('Grete') }],
  });
  await page.clock.runFor(1_000);
  await page.getByRole('button', { name: 'Park here, slot 5' }).click();
  await expect(fake.status).toHaveText('Parked in slot 5');
  await page.getByRole('button', { name: 'Copy' }).click();
  await chooseFromMenu(page, 'Settings');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'For me' }).click();
  const notices = dialog.getByLabel('Desktop notifications while the page is hidden');
  if (await notices.isEnabled()) await notices.setChecked(true);
  await dialog.getByLabel('Layout').selectOption('list');
  await page.keyboard.press('Escape');
  await expect(page.locator('valet-board')).toHaveAttribute('layout', 'list');
  await setHidden(page, true);
  await fake.due([2, 10_000]);
  await page.clock.runFor(2_000);
  await expect(fake.alert).toContainText('returns in 10 seconds');
  await fake.departed({ slot: 2, uuid: 'uuid-in-2', reason: 'returned', mine: true });
  await page.clock.runFor(2_000);
  await expect(page.locator('valet-departures')).toContainText('returned to Reception');
  await page.evaluate(() => window.lot.remove());
  await page.clock.runFor(10_000);
}

for (const [way, refuse] of Object.entries(refusals)) {
  test(`the panel works if every optional feature ${way}`, async ({ page }) => {
    await page.addInitScript(refuse);
    await usePanel(await Fake.open(page), page);
  });
}

test('the page of the server works without storage', async ({ page, pbx }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  await page.goto(`${pbx.url}/?extension=341`);
  await page.getByRole('button', { name: 'Try it', exact: true }).click();
  await page.getByRole('button', { name: 'Skip the tour' }).click();
  await expect(page.getByRole('button', { name: 'Skip the tour' })).toHaveCount(0);
  await expect(page.getByRole('grid')).toBeVisible();
});

test('works in a sandboxed frame without an origin', async ({ page }) => {
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'access-control-allow-origin': '*' };
    await route.fulfill({ response, headers });
  });
  await Fake.serve(page);
  await page.route('**/outside/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>outside</title><link rel="icon" href="data:,">
        <iframe sandbox="allow-scripts" src="/fake/" width="1240" height="900"></iframe>`,
    }),
  );
  await page.goto('/outside/');
  const inside = page.frameLocator('iframe');
  await expect(inside.getByRole('grid')).toBeVisible();
  const frame = page.frames().find((each) => each.url().endsWith('/fake/'));
  if (frame === undefined) throw new Error('expected the frame /fake/, found none');
  expect(await frame.evaluate(() => window.origin)).toBe('null');
  await frame.evaluate(() => {
    const now = performance.now();
    window.control.show({
      slots: [{ slot: 2, state: 'held', uuid: 'u', mine: true, returnsAt: 9_000, heldSince: 0 }],
      calls: [{ since: now }],
    });
  });
  await chooseFromMenu(inside, 'Settings');
  await inside.getByRole('dialog').getByLabel('Layout').selectOption('list');
  await inside.getByRole('dialog').getByRole('button', { name: 'For me' }).click();
  await inside.getByRole('button', { name: 'Close' }).click();
  await frame.evaluate(() => window.control.due([2, 10_000]));
  await expect(inside.locator('valet-notices').getByRole('alert')).toContainText('10 seconds');
  await inside.getByRole('button', { name: 'Park here, slot 5' }).click();
  await expect
    .poll(() => frame.evaluate(() => [...window.control.commands]))
    .toEqual(['park call-1 5']);
});
