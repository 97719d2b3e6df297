// Brings a fresh machine to where the project can be built: npm dependencies, Rust's WebAssembly
// target, wasm-bindgen. With `--tests` also Chromium and nginx. What is there already is left alone.

import { whenStarted } from './step.mjs';
import { installChromium } from './setup/chromium.mjs';
import { installNginx } from './setup/nginx.mjs';
import { installDependencies } from './setup/npm.mjs';
import { wasmBindgen } from './setup/wasm-bindgen.mjs';
import { wasmToolchain } from './setup/wasm-target.mjs';

export async function setUp({ tests = false } = {}) {
  await installDependencies();
  await wasmToolchain();
  await wasmBindgen();
  if (!tests) return;
  await installChromium();
  installNginx();
}

await whenStarted(import.meta.url, () => setUp({ tests: process.argv.includes('--tests') }));
