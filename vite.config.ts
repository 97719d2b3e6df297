// The reception panel. It imports 'valet-park' through "exports" of the package it lies in, as any
// other page would, so the package is built before the panel (`npm run build`).

import { mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { tight } from './scripts/build/tight.mjs';

const root = fileURLToPath(new URL('www', import.meta.url));
const outDir = fileURLToPath(new URL('dist/www', import.meta.url));
const build = fileURLToPath(new URL('build', import.meta.url));

/**
 * Leaves the client and the element where they are: the package has them beside the folder of the
 * panel, and the server serves them from there. A second copy would double what the package weighs.
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

/** The licences of what is bundled go to scripts/build/licences.mjs, not to the browser. */
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
  },
  plugins: [packageBeside, licencesAside, tightTemplates],
});
