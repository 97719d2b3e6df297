// The layers of tests that Vitest runs. `npx vitest run --project client` runs one of them. The
// tests import 'valet-park' as users do, so they test the built package in dist.

import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

function layer(name: string, test: TestProjectInlineConfiguration['test'] = {}) {
  return {
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      // The limit stops a test that hangs. A slow machine stays far below it.
      testTimeout: 300_000,
      // Without this, `expect.poll` gives up after one second.
      expect: { poll: { timeout: 60_000 } },
      // `npm test` names every test that needed its second attempt.
      retry: process.env.CI ? 1 : 0,
      // Node loads the package, as for a user. Vite would transform every file of it.
      server: { deps: { external: [/\/dist\//] } },
      ...test,
    },
  };
}

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      layer('wasm'),
      layer('client'),
      layer('server'),
      // Firefox and WebKit, through WebDriver.
      layer('engines', { fileParallelism: false }),
      // Apps as users write them. All of them together install one after the other.
      layer('apps', {
        globalSetup: 'tests/apps/setup.ts',
        fileParallelism: process.env.VALET_PARK_APPS !== 'all',
        hookTimeout: 300_000,
        testTimeout: 600_000,
      }),
      // The packed and installed package.
      layer('package', {
        globalSetup: 'tests/package/install.ts',
        hookTimeout: 300_000,
        testTimeout: 300_000,
      }),
    ],
  },
});
