// Builds the demo without a backend into build/demo: the panel, and the switch in a worker. The folder
// works on any static host and under any path, because all its addresses are relative.

import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { build } from './build.mjs';
import { at, Failure, files, step, whenStarted } from './step.mjs';

/** The folder of the built demo. */
export const demoFolder = 'build/demo';

/** The parts of the package that the demo loads as they are. */
const parts = [
  ...['index.js', 'inlined.js', 'valet_park.wasm', 'element.js', 'messages'],
  ...['lot/index.js', 'lot/inlined.js', 'lot/valet_park_lot.wasm', 'THIRD-PARTY-LICENCES.txt'],
];

/** Builds the demo from the built package. */
export async function buildDemo() {
  const io = {
    reads: [
      ...files('www', '.ts', '.css', '.html', '.svg'),
      'package-lock.json',
      'scripts/demo.mjs',
    ],
    made: [
      'dist/index.js',
      'dist/element.js',
      'dist/lot/index.js',
      'dist/THIRD-PARTY-LICENCES.txt',
    ],
    writes: [`${demoFolder}/index.html`, `${demoFolder}/main.js`, `${demoFolder}/worker.js`],
  };
  await step('demo', io, async () => {
    rmSync(at(demoFolder), { recursive: true, force: true });
    mkdirSync(at(demoFolder), { recursive: true });
    await bundle();
    for (const path of parts)
      cpSync(at(`dist/${path}`), at(`${demoFolder}/${path}`), { recursive: true });
    cpSync(at('www/demo/index.html'), at(`${demoFolder}/index.html`));
    cpSync(at('www/icon.svg'), at(`${demoFolder}/icon.svg`));
  });
}

async function bundle() {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: at(''),
    entryPoints: ['www/demo/main.ts', 'www/demo/worker.ts', 'www/demo/demo.css'],
    outdir: demoFolder,
    bundle: true,
    splitting: true,
    format: 'esm',
    // A module of Node in the worker is an error here.
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    minify: true,
    plugins: [packageBeside],
  });
}

/**
 * Makes the bundles import the parts of the package that are beside them.
 *
 * @type {import('esbuild').Plugin}
 */
const packageBeside = {
  name: 'package-beside',
  setup({ onResolve }) {
    onResolve({ filter: /^valet-park$/ }, () => ({ path: './index.js', external: true }));
    onResolve({ filter: /^valet-park\/lot$/ }, () => ({ path: './lot/index.js', external: true }));
    onResolve({ filter: /\/element\/[\w-]+\.ts$/ }, () => ({
      path: './element.js',
      external: true,
    }));
  },
};

/** Prints the size of the demo: all its files, and what a visitor with an English browser loads. */
function printSize() {
  const all = files(demoFolder);
  const bytesOf = (/** @type {string[]} */ paths) =>
    paths.reduce((sum, path) => sum + brotliCompressSync(readFileSync(at(path))).length, 0);
  const isOptional = /\/messages\/|\/(ar|de|es|fr|pt-BR|ru|zh-CN)-\w+\.js$|inlined\.js$|LICENCES/;
  const raw = all.reduce((sum, path) => sum + readFileSync(at(path)).length, 0);
  const loaded = bytesOf(all.filter((path) => !isOptional.test(path)));
  console.log(`${demoFolder}: ${all.length} files, ${kb(raw)} kB`);
  console.log(`a visitor loads ${kb(loaded)} kB (brotli)`);
  if (loaded > limit) {
    const why = `a visitor loads ${loaded} bytes (brotli); the limit is ${limit}`;
    throw new Failure('weighing the demo', why, 'see what the last change added');
  }
}

const kb = (/** @type {number} */ bytes) => Math.round(bytes / 1000);

/** The most that a visitor loads, in bytes after brotli. */
const limit = 260_000;

await whenStarted(import.meta.url, async () => {
  await build();
  await buildDemo();
  printSize();
  console.log('\nCopy this folder to any static host, under any path.');
});
