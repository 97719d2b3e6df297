// Checks that the core compiles with the oldest Rust that Cargo.toml promises, for this machine and
// for wasm32 with and without the exports. rustup installs that version beside the others.

import { readFileSync } from 'node:fs';
import { at, run, whenStarted } from './step.mjs';

const web = 'wasm32-unknown-unknown';

await whenStarted(import.meta.url, async () => {
  const [, oldest = ''] =
    /^rust-version = "(.*)"$/m.exec(readFileSync(at('Cargo.toml'), 'utf8')) ?? [];
  const what = `checking with Rust ${oldest}`;
  const install = ['toolchain', 'install', oldest, '--profile', 'minimal', '--target', web];
  // rustup does nothing if this version is installed.
  await run('rustup', [...install, '--no-self-update'], {
    what,
    remedy: `\`rustup ${install.join(' ')}\` where rustup can reach its server`,
    timeoutMs: 300_000,
  });
  // A separate target folder keeps the compiled files of the usual Rust.
  const check = ['run', oldest, 'cargo', 'check', '--locked', '--target-dir', at('target/msrv')];
  const remedy = 'replace what is too new, or raise `rust-version` in Cargo.toml';
  await run('rustup', check, { what, remedy });
  await run('rustup', [...check, '--target', web], { what, remedy });
  await run('rustup', [...check, '--target', web, '--all-features'], { what, remedy });
  console.log(`✓ the core compiles with Rust ${oldest}`);
});
