// Checks that the core compiles with the oldest Rust that Cargo.toml promises, for this machine and
// for browsers. Installs that Rust beside the others, by rustup.

import { readFileSync } from 'node:fs';
import { ask, at, run, whenStarted } from './step.mjs';

const web = 'wasm32-unknown-unknown';

await whenStarted(import.meta.url, async () => {
  const [, oldest = ''] =
    /^rust-version = "(.*)"$/m.exec(readFileSync(at('Cargo.toml'), 'utf8')) ?? [];
  const what = `checking with Rust ${oldest}`;
  if (ask('rustup', 'run', oldest, 'cargo', '--version') === null) {
    const install = ['toolchain', 'install', oldest, '--profile', 'minimal', '--target', web];
    const remedy = `\`rustup ${install.join(' ')}\` where rustup can reach its server`;
    await run('rustup', install, { what, remedy, timeoutMs: 300_000 });
  }
  // Beside the usual target folder, which the usual Rust would otherwise have to fill anew.
  const check = ['run', oldest, 'cargo', 'check', '--locked', '--target-dir', at('target/msrv')];
  const remedy = 'do without what is newer, or raise `rust-version` in Cargo.toml';
  await run('rustup', check, { what, remedy });
  await run('rustup', [...check, '--target', web], { what, remedy });
  console.log(`✓ the core compiles with Rust ${oldest}`);
});
