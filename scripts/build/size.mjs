// Prints the size of what a browser loads. Fails if the main entry is larger than its limit.

import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { recordedVersion, wasmToolchain } from '../setup/wasm-target.mjs';
import { at, Failure, whenStarted } from '../step.mjs';

/** The most that `valet-park` may load, in bytes after brotli. */
const limit = 105_300;

/** The files of each entry point: those that a browser loads, and the copy for emergencies. */
const entries = [
  { name: 'valet-park', loaded: ['index.js', 'valet_park.wasm'], copy: 'inlined.js' },
  {
    name: 'valet-park/lot',
    loaded: ['lot/index.js', 'lot/valet_park_lot.wasm'],
    copy: 'lot/inlined.js',
  },
];

/** Prints the sizes of all entry points, and returns what `valet-park` loads, in bytes. */
export function printSizes() {
  console.log(`\n${line('size in bytes', ['raw', 'gzip', 'brotli'])}`);
  const [main = 0] = entries.map(({ name, loaded, copy }) => {
    for (const file of loaded) console.log(line(file, sizes(file)));
    const [raw, gzip, brotli] = sum(loaded.map(sizes));
    console.log(line(`${name} loads`, [raw, gzip, brotli]));
    console.log(`${line(`(${copy})`, sizes(copy))}\n`);
    return brotli;
  });
  return main;
}

/** Fails if `valet-park` loads more than its limit. */
export async function checkSize() {
  const loaded = printSizes();
  if (loaded <= limit) return;
  // The limit holds for the recorded compiler. Another one writes some hundred bytes more or fewer.
  const { version, isRecorded } = await wasmToolchain();
  if (isRecorded) {
    throw new Failure(
      'weighing the package',
      `a browser loads ${loaded} bytes (brotli); the limit is ${limit}`,
      'see what the last change added; if that is worth it, raise the limit in ' +
        'scripts/build/size.mjs',
    );
  }
  console.log(`more than the limit of ${limit} bytes, which holds for Rust ${recordedVersion()}`);
  console.log(`(this is ${version})\n`);
}

/** @typedef {[raw: number, gzip: number, brotli: number]} Sizes */

/** @param {Sizes[]} all @returns {Sizes} */
function sum(all) {
  return all.reduce((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
}

/**
 * Returns the size of a file in dist.
 *
 * @param {string} name
 * @returns {Sizes}
 */
function sizes(name) {
  const file = at(`dist/${name}`);
  if (!existsSync(file)) {
    throw new Failure('weighing the package', `dist/${name} does not exist`, '`npm run build`');
  }
  const bytes = readFileSync(file);
  return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
}

/** @param {string} name @param {(string | number)[]} columns */
function line(name, columns) {
  return name.padEnd(26) + columns.map((column) => String(column).padStart(9)).join('');
}

await whenStarted(import.meta.url, checkSize);
