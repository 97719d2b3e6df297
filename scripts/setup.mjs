// Installs what a build needs: npm dependencies, the WebAssembly target of Rust, and wasm-bindgen.
// With `--tests` it also installs Chromium, nginx and Redis. It skips everything that is already
// installed.

import { whenStarted } from './step.mjs';
import { installChromium } from './setup/chromium.mjs';
import { installNginx } from './setup/nginx.mjs';
import { installDependencies } from './setup/npm.mjs';
import { installRedis } from './setup/redis.mjs';
import { wasmBindgen } from './setup/wasm-bindgen.mjs';
import { wasmToolchain } from './setup/wasm-target.mjs';

export async function setUp({ tests = false } = {}) {
  // npm waits for the network while cargo compiles.
  await Promise.all([installDependencies(), wasmToolchain().then(wasmBindgen)]);
  if (!tests) return;
  await installChromium();
  installNginx();
  await installRedis();
}

await whenStarted(import.meta.url, () => setUp({ tests: process.argv.includes('--tests') }));
