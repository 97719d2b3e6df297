// The panel in a real browser, against the embedded switch; tests/browser starts one per worker.

import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './scripts/setup/chromium.mjs';

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: '.cache/playwright',
  forbidOnly: true,
  reporter: 'list',
  retries: 0,
  use: { browserName: 'chromium', launchOptions: chromiumLaunch(), trace: 'retain-on-failure' },
});
