// Prints what the package weighs, and fails if what a browser loads of it has grown too heavy.

import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { at, Failure, whenStarted } from '../step.mjs';
import { wasmToolchain } from '../setup/wasm-target.mjs';

/** The most that a browser may have to load, in bytes after brotli. */
const limit = 56_000;

/** The compiler that was measured. Another one writes some hundred bytes more, or fewer. */
const measured = 'rustc 1.95.0';

const loaded = ['valet_park.wasm', 'index.js'];
const onDemand = ['inlined.js'];

export async function checkSize() {
  const rows = [...loaded, ...onDemand].map(weigh);
  const total = rows
    .filter(({ name }) => loaded.includes(name))
    .reduce((sum, { raw, gzip, brotli }) => ({
      ...{ name: 'a browser loads', raw: sum.raw + raw },
      ...{ gzip: sum.gzip + gzip, brotli: sum.brotli + brotli },
    }));
  console.log(`\n${line('size in bytes', 'raw', 'gzip', 'brotli')}`);
  for (const { name, raw, gzip, brotli } of [...rows, total]) {
    console.log(line(onDemand.includes(name) ? `(${name})` : name, raw, gzip, brotli));
  }
  console.log();
  if (total.brotli <= limit) return;
  const { version } = await wasmToolchain();
  if (version.startsWith(measured) && !version.includes('build-std')) {
    throw new Failure(
      'weighing the package',
      `a browser loads ${total.brotli} bytes (brotli); the limit is ${limit}`,
      'see what the last change brought in; if that is worth it, raise the limit in ' +
        'scripts/build/size.mjs',
    );
  }
  console.log(`more than the ${limit} that ${measured} comes to; this is ${version}\n`);
}

/** @param {string} name */
function weigh(name) {
  const file = at(`dist/${name}`);
  if (!existsSync(file)) {
    throw new Failure('weighing the package', `dist/${name} is not there yet`, '`npm run build`');
  }
  const bytes = readFileSync(file);
  return {
    name,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

/** @param {string} name @param {...(string | number)} columns */
function line(name, ...columns) {
  return name.padEnd(18) + columns.map((column) => String(column).padStart(9)).join('');
}

await whenStarted(import.meta.url, checkSize);
