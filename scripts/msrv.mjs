// Checks that the core compiles with the oldest Rust that Cargo.toml promises, for this machine and
// for browsers. Installs that Rust beside the others, by rustup.

import { readFileSync } from 'node:fs';
import { at, run, whenStarted } from './step.mjs';

const web = 'wasm32-unknown-unknown';

await whenStarted(import.meta.url, async () => {
  const [, oldest = ''] =
    /^rust-version = "(.*)"$/m.exec(readFileSync(at('Cargo.toml'), 'utf8')) ?? [];
  const what = `checking with Rust ${oldest}`;
  const install = ['toolchain', 'install', oldest, '--profile', 'minimal', '--target', web];
  // Does nothing where it is there already.
  await run('rustup', [...install, '--no-self-update'], {
    what,
    remedy: `\`rustup ${install.join(' ')}\` where rustup can reach its server`,
    timeoutMs: 300_000,
  });
  // Beside the usual target folder, which the usual Rust would otherwise have to fill anew.
  const check = ['run', oldest, 'cargo', 'check', '--locked', '--target-dir', at('target/msrv')];
  const remedy = 'do without what is newer, or raise `rust-version` in Cargo.toml';
  await run('rustup', check, { what, remedy });
  await run('rustup', [...check, '--target', web], { what, remedy });
  console.log(`✓ the core compiles with Rust ${oldest}`);
});
