// Tests of the panel in Chromium. tests/browser starts an embedded switch for each test.

import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './scripts/setup/chromium.mjs';

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: '.cache/playwright',
  forbidOnly: true,
  // The limits stop a test that hangs. A slow machine stays far below them.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  // `npm test` names every test that needed its second attempt.
  retries: process.env.CI ? 1 : 0,
  // A test waits more than it computes.
  workers: '200%',
  use: {
    browserName: 'chromium',
    launchOptions: chromiumLaunch(),
    // Playwright cannot answer the requests that a service worker sends.
    serviceWorkers: 'block',
    // A trace of each test would cost much time: `npx playwright test --trace on FILE` records one.
    trace: 'off',
  },
});
