// Builds the reception panel. The panel imports 'valet-park' like any other page, so the package
// has to be built before the panel. `npm run build` does both.

import { mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { tight } from './scripts/build/tight.mjs';

const root = fileURLToPath(new URL('www', import.meta.url));
const outDir = fileURLToPath(new URL('dist/www', import.meta.url));
const build = fileURLToPath(new URL('build', import.meta.url));

/**
 * Keeps the client and the element out of the panel. The package already contains them, and the
 * server serves them from there. A second copy would double the size of the package.
 */
const packageBeside: Plugin = {
  name: 'package-beside',
  apply: 'build',
  enforce: 'pre',
  resolveId(id) {
    if (id === 'valet-park') return { id: '/index.js', external: 'absolute' };
    if (/\/element\/[\w-]+\.ts$/.test(id)) return { id: '/element.js', external: 'absolute' };
    return null;
  },
};

/** Moves the licences of bundled packages to scripts/build/licences.mjs. No browser needs them. */
const licencesAside: Plugin = {
  name: 'licences-aside',
  apply: 'build',
  writeBundle() {
    mkdirSync(build, { recursive: true });
    renameSync(`${outDir}/licences.json`, `${build}/panel.licences.json`);
  },
};

const tightTemplates: Plugin = {
  name: 'tight-templates',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = tight(file.code);
      }
    },
  },
};

export default defineConfig({
  root,
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    license: { fileName: 'licences.json' },
    rolldownOptions: {
      input: [`${root}/index.html`, `${root}/panel/service-worker.ts`],
      output: {
        // A service worker has the same address in all versions, and controls the pages beside it.
        entryFileNames: ({ name }) =>
          name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  plugins: [packageBeside, licencesAside, tightTemplates],
});
