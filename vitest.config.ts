// The layers of tests that Playwright does not run; one alone is
// `npx vitest run --project client`. They import 'valet-park' as users do, which is the built
// package in dist.

import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

function layer(name: string, test: TestProjectInlineConfiguration['test'] = {}) {
  return {
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      // The bound is for what hangs, not for what is slow on a loaded machine.
      testTimeout: 120_000,
      // Node itself loads the package, as it would for a user; Vite would look at every file of it.
      server: { deps: { external: [/\/dist\//] } },
      ...test,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      layer('wasm'),
      layer('client'),
      layer('server'),
      // Browsers that are started and driven from outside.
      layer('engines', { fileParallelism: false }),
      // Apps as users make them.
      layer('apps', {
        globalSetup: 'tests/apps/setup.ts',
        fileParallelism: false,
        hookTimeout: 300_000,
        testTimeout: 600_000,
      }),
      // These install and compile things.
      layer('package', {
        globalSetup: 'tests/package/install.ts',
        hookTimeout: 300_000,
        testTimeout: 300_000,
      }),
    ],
  },
});
