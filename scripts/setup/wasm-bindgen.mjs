// Builds the program that writes the JavaScript for the compiled core: scripts/bindgen, a few lines
// over the library of wasm-bindgen. That takes half a minute, once per version and compiler.

import { existsSync, readFileSync } from 'node:fs';
import { ask, at, Failure, files, run, step, whenStarted } from '../step.mjs';

const folder = 'scripts/bindgen';
const program = '.cache/bindgen/debug/bindgen';

/**
 * Returns the program and the version of wasm-bindgen that it contains.
 *
 * @returns {Promise<{ command: string, version: string }>}
 */
export async function wasmBindgen() {
  const version = checkedVersion();
  const io = {
    reads: [`${folder}/Cargo.toml`, `${folder}/Cargo.lock`, ...files(`${folder}/src`, '.rs')],
    writes: [program],
    facts: [ask('rustc', '--version') ?? ''],
  };
  await step('wasm-bindgen', io, async () => {
    const manifest = ['--manifest-path', at(`${folder}/Cargo.toml`)];
    await run('cargo', ['build', '--locked', ...manifest, '--target-dir', at('.cache/bindgen')], {
      what: `building the wasm-bindgen program in ${folder}`,
      remedy: 'see the message of cargo above; does cargo reach the registry of crates?',
    });
  });
  return { command: at(program), version };
}

/**
 * wasm-bindgen refuses a module that another version of the crate compiled, so both lock files have
 * to name the same version. Returns that version.
 */
function checkedVersion() {
  const used = lockedVersion('Cargo.lock', 'wasm-bindgen');
  const built = lockedVersion(`${folder}/Cargo.lock`, 'wasm-bindgen-cli-support');
  if (used === built) return used;
  throw new Failure(
    'comparing the versions of wasm-bindgen',
    `Cargo.lock names ${used}, and ${folder}/Cargo.lock names ${built}`,
    `write \`wasm-bindgen-cli-support = "=${used}"\` into ${folder}/Cargo.toml, then run ` +
      `\`cargo update --manifest-path ${folder}/Cargo.toml wasm-bindgen-cli-support\``,
  );
}

/** @param {string} file @param {string} crate */
function lockedVersion(file, crate) {
  const lock = existsSync(at(file)) ? readFileSync(at(file), 'utf8') : '';
  const version = new RegExp(`name = "${crate}"\nversion = "([^"]+)"`).exec(lock)?.[1];
  if (version) return version;
  throw new Failure(
    'finding out which wasm-bindgen is needed',
    `${file} does not name the crate \`${crate}\``,
    `restore the file with \`git checkout ${file}\``,
  );
}

await whenStarted(import.meta.url, async () => console.log((await wasmBindgen()).command));
