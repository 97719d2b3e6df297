// Names the functions of a stack trace. The published modules have no names, so a trace shows only
// numbers: `wasm-function[271]:0xc567`. The build keeps the names in build/symbols.
//
//   npm run symbols -- 'wasm-function[271]:0xc567'
//   npm run symbols < stack.txt
//   npm run symbols -- --wasm node_modules/valet-park/dist/valet_park.wasm < stack.txt
//
// `--wasm` names the module that failed. The default is dist/valet_park.wasm. The names exist if
// this module was built here: check out the tag of the version, then `npm run build`.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { howToUseRecorded } from './setup/wasm-target.mjs';
import { at, Failure, whenStarted } from './step.mjs';

/** Returns the path of the file with the names of a module, in the project. */
export function symbolFile(/** @type {Uint8Array} */ wasm) {
  const digest = createHash('sha256').update(wasm).digest('hex');
  return `build/symbols/${digest.slice(0, 16)}.txt`;
}

/**
 * Returns the text, with the name of the function behind each `wasm-function[…]`.
 *
 * @param {string} text  a stack trace, or a part of it
 * @param {string} module  the path of the .wasm file
 */
export function named(text, module) {
  const file = symbolFile(readFileSync(module));
  if (!existsSync(at(file))) {
    throw new Failure(
      `naming the functions of ${module}`,
      `${file} does not exist: this module was not built here`,
      'check out the tag of its version and run `npm run build` with the recorded compiler, ' +
        `which ${howToUseRecorded()} installs`,
    );
  }
  const names = new Map(
    readFileSync(at(file), 'utf8')
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
  return text.replace(/wasm-function\[(\d+)\](:0x[0-9a-f]+)?/g, (found, index) => {
    const name = names.get(index)?.replace(/::h[0-9a-f]{16}$/, '');
    return `${found} ${name ?? '(unknown)'}`;
  });
}

await whenStarted(import.meta.url, () => {
  const words = process.argv.slice(2);
  const option = words.indexOf('--wasm');
  const [, path] = option < 0 ? [] : words.splice(option, 2);
  const module = path === undefined ? at('dist/valet_park.wasm') : resolve(path);
  if (!existsSync(module)) {
    throw new Failure('reading the module', `${module} does not exist`, '`npm run build` makes it');
  }
  const text = words.length > 0 ? words.join(' ') : readFileSync(0, 'utf8');
  console.log(named(text.trimEnd(), module));
});
