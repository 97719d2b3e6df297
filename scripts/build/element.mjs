// Bundles www/element into element.js ('valet-park/element'). Lit is inside, and the page passes the
// client in, so element.js imports nothing. The types and the manifest are written by hand, because
// users rely on them, and are copied. Bundles also the hooks of 'valet-park/react'.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { at, files, step, whenStarted } from '../step.mjs';
import { tight } from './tight.mjs';

const manifest = 'www/element/custom-elements.json';

/** The files of the client that are bundled, too. They load no core. */
const clientFiles = ['src/client/error.ts', 'src/client/host.ts', 'src/client/snapshot.ts'];

export async function buildElement() {
  const io = {
    reads: [
      ...files('www/element', '.ts'),
      ...clientFiles,
      manifest,
      'package-lock.json',
      'scripts/build/element.mjs',
      'scripts/build/tight.mjs',
    ],
    writes: ['dist/element.js', 'dist/element.d.ts', 'dist/custom-elements.json'],
  };
  await step('element', io, async () => {
    const { build } = await import('esbuild');
    await build({
      absWorkingDir: at(''),
      entryPoints: ['www/element/index.ts'],
      outfile: 'dist/element.js',
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module'],
      conditions: ['browser'],
      target: 'es2022',
      legalComments: 'none',
      minify: true,
      inject: ['www/element/server-shims.ts'],
      plugins: [tightStyles],
    });
    writeFileSync(at('dist/element.js'), tight(readFileSync(at('dist/element.js'), 'utf8')));
    copyFileSync(at('www/element/public.d.ts'), at('dist/element.d.ts'));
    const elements = JSON.parse(readFileSync(at(manifest), 'utf8'));
    writeFileSync(at('dist/custom-elements.json'), JSON.stringify(elements));
  });
}

/**
 * Removes comments and indentation from the style sheets: esbuild does not minify templates.
 *
 * @type {import('esbuild').Plugin}
 */
const tightStyles = {
  name: 'tight-styles',
  setup: ({ onLoad }) =>
    onLoad({ filter: /www\/element\/[\w.-]+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/\bcss`[^`]*`/g, (sheet) =>
        sheet.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' '),
      ),
      loader: 'ts',
    })),
};

/** Bundles the hooks. They import only React, because the application passes the client in. */
export async function buildReact() {
  const io = {
    reads: [
      ...files('www/react', '.ts'),
      ...files('www/element', '.ts'),
      ...clientFiles,
      'package-lock.json',
      'scripts/build/element.mjs',
    ],
    writes: ['dist/react.js', 'dist/react.d.ts'],
  };
  await step('hooks for React', io, async () => {
    const { build } = await import('esbuild');
    await build({
      absWorkingDir: at(''),
      entryPoints: ['www/react/index.ts'],
      outfile: 'dist/react.js',
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      minify: true,
      external: ['react'],
    });
    copyFileSync(at('www/react/public.d.ts'), at('dist/react.d.ts'));
  });
}

await whenStarted(import.meta.url, async () => {
  await buildElement();
  await buildReact();
});
