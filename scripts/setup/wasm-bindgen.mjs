// Finds the wasm-bindgen command in the very version that Cargo.lock names for the crate, or builds
// it into .cache. Any other version would refuse the compiled core.

import { existsSync, readFileSync } from 'node:fs';
import { ask, at, Failure, run, whenStarted } from '../step.mjs';

/** @returns {Promise<{ command: string, version: string }>} */
export async function wasmBindgen() {
  const version = lockedVersion();
  const fits = (/** @type {string} */ command) =>
    ask(command, '--version')?.split(' ')[1] === version;
  const folder = `.cache/wasm-bindgen-${version}`;
  const cached = at(`${folder}/bin/wasm-bindgen`);
  if (existsSync(cached) && fits(cached)) return { command: cached, version };
  if (fits('wasm-bindgen')) return { command: 'wasm-bindgen', version };

  console.log(`▸ wasm-bindgen ${version}: compiling it once takes about three minutes`);
  const args = ['install', 'wasm-bindgen-cli', '--version', version, '--root', at(folder)];
  await run('cargo', args, {
    what: `building the wasm-bindgen command ${version}`,
    remedy: `see the message above; a wasm-bindgen ${version} on PATH will do as well`,
  });
  return { command: cached, version };
}

function lockedVersion() {
  const lock = existsSync(at('Cargo.lock')) ? readFileSync(at('Cargo.lock'), 'utf8') : '';
  const version = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock)?.[1];
  if (version) return version;
  throw new Failure(
    'finding out which wasm-bindgen is needed',
    'Cargo.lock does not name the crate `wasm-bindgen`',
    'restore Cargo.lock with `git checkout Cargo.lock`',
  );
}

await whenStarted(import.meta.url, async () => console.log((await wasmBindgen()).command));
