// Brings a fresh machine to where the project can be built: npm dependencies, Rust's WebAssembly
// target, wasm-bindgen. With `--tests` also Chromium. What is there already is left alone.

import { whenStarted } from './step.mjs';
import { installChromium } from './setup/chromium.mjs';
import { installDependencies } from './setup/npm.mjs';
import { wasmBindgen } from './setup/wasm-bindgen.mjs';
import { wasmToolchain } from './setup/wasm-target.mjs';

export async function setUp({ tests = false } = {}) {
  await installDependencies();
  await wasmToolchain();
  await wasmBindgen();
  if (tests) await installChromium();
}

await whenStarted(import.meta.url, () => setUp({ tests: process.argv.includes('--tests') }));
