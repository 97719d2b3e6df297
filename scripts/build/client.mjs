// Bundles src/client into the entry points of the package:
//   index.js     for browsers: fetches valet_park.wasm, or heals itself with inlined.js
//   node.cjs     for Node, Deno, Bun and server-side rendering: loads inlined.cjs by itself
//   node.js      the same for import, so that a program which uses both has one core, not two
//   require.cjs  for require() in a bundler, which need not be Node; today it is node.cjs

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { at, Failure, files, step, whenStarted } from '../step.mjs';

const wasmReference = /new URL\((['"`])\.\/valet_park\.wasm\1,\s*import\.meta\.url\)/g;

export async function buildClient() {
  const names = ['index.js', 'node.js', 'node.cjs', 'require.cjs', 'inlined.js', 'inlined.cjs'];
  const io = {
    reads: [
      ...files('src/client', '.ts'),
      'package-lock.json',
      'scripts/build/client.mjs',
    ],
    made: ['valet_park.js', 'valet_park_bg.wasm', 'inlined.js'].map((name) => `build/glue/${name}`),
    writes: [...names, 'valet_park.wasm'].map((name) => `dist/${name}`),
  };
  await step('package', io, async () => {
    mkdirSync(at('dist'), { recursive: true });
    copyFileSync(at('build/glue/valet_park_bg.wasm'), at('dist/valet_park.wasm'));
    copyFileSync(at('build/glue/inlined.js'), at('dist/inlined.js'));
    const inlined = readFileSync(at('build/glue/inlined.js'), 'utf8');
    writeFileSync(at('dist/inlined.cjs'), inlined.replace('export default', 'module.exports ='));
    await bundle('index.ts', 'index.js', 'esm');
    await shorten('dist/index.js');
    await bundle('node.ts', 'node.cjs', 'cjs');
    const names = await namesOf('node.ts');
    writeFileSync(at('dist/node.js'), `export { ${names} } from './node.cjs';\n`);
    writeFileSync(at('dist/require.cjs'), "module.exports = require('./node.cjs');\n");
    inspect();
  });
}

/** @param {string} entry @param {string} name @param {'esm' | 'cjs'} format */
async function bundle(entry, name, format) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: at(''),
    entryPoints: [`src/client/${entry}`],
    outfile: `dist/${name}`,
    bundle: true,
    format,
    // For CommonJS, esbuild then also lists the names for those who import it from a module.
    platform: format === 'cjs' ? 'node' : 'neutral',
    target: 'es2022',
    minify: true,
    plugins: [inlinedBeside(format === 'esm' ? './inlined.js' : './inlined.cjs')],
  });
}

/**
 * Takes out of a bundle for browsers what esbuild leaves in: it renames and joins, but looks into
 * no function to find what is always the same.
 *
 * @param {string} file
 */
async function shorten(file) {
  const { minify } = await import('terser');
  const { code } = await minify(readFileSync(at(file), 'utf8'), {
    module: true,
    ecma: 2020,
    compress: {
      passes: 3,
      // Of ours, no getter changes anything, and no method is called with `new`.
      ...{ pure_getters: true, unsafe_methods: true },
      // What looks shorter and is longer after brotli.
      ...{ inline: 1, sequences: false, booleans: false, negate_iife: false },
    },
  });
  writeFileSync(at(file), `${code}\n`);
}

/** The names that an entry point exports, as far as they are more than types. */
async function namesOf(/** @type {string} */ entry) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: at(''),
    entryPoints: [`src/client/${entry}`],
    bundle: true,
    format: 'esm',
    metafile: true,
    write: false,
  });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports).sort().join(', ');
}

/**
 * Leaves the inlined copy in a file of its own, so that browsers load it only when they must and
 * the entry points share it.
 *
 * @param {string} path
 * @returns {import('esbuild').Plugin}
 */
function inlinedBeside(path) {
  return {
    name: 'inlined-beside',
    setup: ({ onResolve }) =>
      onResolve({ filter: /\/build\/glue\/inlined\.js$/ }, () => ({ path, external: true })),
  };
}

/** Bundlers find the WebAssembly by one literal expression, and CommonJS cannot parse it. */
function inspect() {
  const what = 'looking through the bundled package';
  const read = (/** @type {string} */ name) => readFileSync(at(`dist/${name}`), 'utf8');
  const found = read('index.js').match(wasmReference)?.length ?? 0;
  if (found !== 1) {
    throw new Failure(
      what,
      `dist/index.js has ${found} times \`new URL('./valet_park.wasm', import.meta.url)\``,
      'write it literally, and once, in what src/client/index.ts imports',
    );
  }
  if (read('node.cjs').includes('import.meta')) {
    throw new Failure(
      what,
      `dist/node.cjs has \`import.meta\`, which require() cannot load`,
      'keep it out of what src/client/node.ts imports',
    );
  }
}

await whenStarted(import.meta.url, buildClient);
