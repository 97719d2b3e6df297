// The reception panel. It imports 'valet-park' through "exports" of the package it lies in, as any
// other page would, so the package is built before the panel (`npm run build`).

import { mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('www', import.meta.url));
const outDir = fileURLToPath(new URL('dist/www', import.meta.url));
const build = fileURLToPath(new URL('build', import.meta.url));

/**
 * Leaves the core where it is: the package has it beside the folder of the panel, and the server
 * serves it from there. A second copy among the assets would double what the package weighs.
 */
const coreBeside: Plugin = {
  name: 'core-beside',
  apply: 'build',
  enforce: 'pre',
  resolveId: (id) => (id === './inlined.js' ? { id: '/inlined.js', external: 'absolute' } : null),
  generateBundle(_options, bundle) {
    for (const file of Object.keys(bundle)) if (file.endsWith('.wasm')) delete bundle[file];
  },
};

/** The licences of what is bundled go to scripts/build/licences.mjs, not to the browser. */
const licencesAside: Plugin = {
  name: 'licences-aside',
  apply: 'build',
  writeBundle() {
    mkdirSync(build, { recursive: true });
    renameSync(`${outDir}/licences.json`, `${build}/panel.licences.json`);
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
  },
  experimental: {
    renderBuiltUrl: (file) => (file.endsWith('.wasm') ? '/valet_park.wasm' : undefined),
  },
  plugins: [coreBeside, licencesAside],
});
