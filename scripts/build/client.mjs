// Bundles the entry points of the package from src/client. `valet-park` is in dist, and
// `valet-park/lot` in dist/lot. Each has the same files:
//   index.js     for browsers: fetches the .wasm file; if that fails, it loads inlined.js
//   node.cjs     for Node, Deno, Bun and server-side rendering: has the .wasm from inlined.cjs
//   node.js      the same for `import`, so that `import` and `require` share one instance
//   require.cjs  for `require` in a bundler, which may build for a browser

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { at, Failure, files, step, whenStarted } from '../step.mjs';

/** @typedef {{ wasm: string, source: string, folder: string }} Entry */

/** @type {Entry[]} */
const entries = [
  { wasm: 'valet_park', source: 'src/client', folder: 'dist' },
  { wasm: 'valet_park_lot', source: 'src/client/switch', folder: 'dist/lot' },
];

export async function buildClient() {
  const names = ['index.js', 'node.js', 'node.cjs', 'require.cjs', 'inlined.js', 'inlined.cjs'];
  const io = {
    reads: [
      ...files('src/client', '.ts'),
      'package.json',
      'package-lock.json',
      'scripts/build/client.mjs',
    ],
    made: entries.flatMap(({ wasm }) =>
      ['js', 'wasm', 'inlined.js'].map((ending) => `build/glue/${wasm}.${ending}`),
    ),
    writes: entries.flatMap(({ wasm, folder }) =>
      [...names, `${wasm}.wasm`].map((name) => `${folder}/${name}`),
    ),
  };
  await step('package', io, async () => {
    for (const entry of entries) await buildEntry(entry);
  });
}

/** @param {Entry} entry */
async function buildEntry(entry) {
  const { wasm, folder } = entry;
  mkdirSync(at(folder), { recursive: true });
  copyFileSync(at(`build/glue/${wasm}.wasm`), at(`${folder}/${wasm}.wasm`));
  copyFileSync(at(`build/glue/${wasm}.inlined.js`), at(`${folder}/inlined.js`));
  const inlined = readFileSync(at(`build/glue/${wasm}.inlined.js`), 'utf8');
  const required = inlined.replace('export default', 'module.exports =');
  writeFileSync(at(`${folder}/inlined.cjs`), required);
  await bundle(entry, 'index.ts', 'index.js', 'esm');
  await shorten(`${folder}/index.js`);
  await bundle(entry, 'node.ts', 'node.cjs', 'cjs');
  const names = await namesOf(`${entry.source}/node.ts`);
  writeFileSync(at(`${folder}/node.js`), `export { ${names} } from './node.cjs';\n`);
  writeFileSync(at(`${folder}/require.cjs`), "module.exports = require('./node.cjs');\n");
  inspect(entry);
}

/** The version of the package. A recording names it. */
function version() {
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  return version;
}

/** @param {Entry} entry @param {string} input @param {string} name @param {'esm' | 'cjs'} format */
async function bundle({ source, folder }, input, name, format) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: at(''),
    entryPoints: [`${source}/${input}`],
    outfile: `${folder}/${name}`,
    bundle: true,
    format,
    // With the platform `node`, esbuild writes the names of the exports into a CommonJS file in the form
    // that Node understands, so that a module can import them by name.
    platform: format === 'cjs' ? 'node' : 'neutral',
    target: 'es2022',
    minify: true,
    define: { VERSION: JSON.stringify(version()) },
    plugins: [inlinedBeside(format === 'esm' ? './inlined.js' : './inlined.cjs')],
  });
}

/**
 * Minifies once more: terser also drops variables and branches that esbuild keeps.
 *
 * @param {string} file
 */
async function shorten(file) {
  const { minify } = await import('terser');
  const text = readFileSync(at(file), 'utf8');
  const { code } = await minify(text, { module: true, ecma: 2020, compress: { passes: 2 } });
  writeFileSync(at(file), `${code}\n`);
}

/** The values that an entry point exports, without its types. */
async function namesOf(/** @type {string} */ entry) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: at(''),
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    metafile: true,
    write: false,
  });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports).sort().join(', ');
}

/**
 * Keeps the inlined copy in a separate file. A browser loads it only if the .wasm file fails.
 *
 * @param {string} path
 * @returns {import('esbuild').Plugin}
 */
function inlinedBeside(path) {
  const filter = /\/build\/glue\/\w+\.inlined\.js$/;
  return {
    name: 'inlined-beside',
    setup: ({ onResolve }) => onResolve({ filter }, () => ({ path, external: true })),
  };
}

/**
 * Checks the bundles. Bundlers find the WebAssembly by one literal expression, and CommonJS cannot
 * parse that expression.
 *
 * @param {Entry} entry
 */
function inspect({ wasm, source, folder }) {
  const what = 'looking through the bundled package';
  const read = (/** @type {string} */ name) => readFileSync(at(`${folder}/${name}`), 'utf8');
  const reference = new RegExp(`new URL\\((['"\`])\\./${wasm}\\.wasm\\1,\\s*import\\.meta\\.url\\)`, 'g');
  const found = read('index.js').match(reference)?.length ?? 0;
  if (found !== 1) {
    throw new Failure(
      what,
      `${folder}/index.js contains ${found} times \`new URL('./${wasm}.wasm', import.meta.url)\``,
      `write it literally, and once, in what ${source}/index.ts imports`,
    );
  }
  if (read('node.cjs').includes('import.meta')) {
    throw new Failure(
      what,
      `${folder}/node.cjs contains \`import.meta\`, which require() cannot load`,
      `keep it out of what ${source}/node.ts imports`,
    );
  }
}

await whenStarted(import.meta.url, buildClient);
