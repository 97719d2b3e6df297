// Checks what no test can: the formatting, the lints of Rust, the types of TypeScript, the size of
// the package. Each is one check, and a failing one does not keep the others from running.

import { spawnSync } from 'node:child_process';
import { build } from './build.mjs';
import { checkSize } from './build/size.mjs';
import { wasmToolchain } from './setup/wasm-target.mjs';
import { Failure, report, root, whenStarted } from './step.mjs';

const denied = ['--', '-D', 'warnings'];
const wasm = ['--lib', '--target', 'wasm32-unknown-unknown'];

/** @type {Record<string, [command: string, ...args: string[]]>} */
const checks = {
  rustfmt: ['cargo', 'fmt', '--check'],
  clippy: ['cargo', 'clippy', '--quiet', '--all-targets', ...denied],
  'clippy (wasm32)': ['cargo', 'clippy', '--quiet', ...wasm, ...denied],
  'tsc (client)': ['node_modules/.bin/tsc', '--noEmit', '-p', 'tsconfig.client.json'],
  tsc: ['node_modules/.bin/tsc', '--noEmit'],
  prettier: ['node_modules/.bin/prettier', '--check', '--log-level', 'warn', '.'],
};

/** @returns {Promise<import('./test-report.mjs').Counts>} */
export async function check() {
  /** @type {string[]} */
  const failures = [];
  let [passed, skipped] = [0, 0];
  const { env } = await wasmToolchain();
  for (const [name, [command, ...args]] of Object.entries(checks)) {
    // Clippy belongs to rustup's compiler and cannot use the standard library of Debian's.
    if (env.RUSTC && name === 'clippy (wasm32)') {
      console.log(`- ${name}: skipped, because rustup has no WebAssembly target here`);
      skipped += 1;
      continue;
    }
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
    if (status === 0) {
      passed += 1;
      console.log(`✓ ${name}`);
    } else {
      const failure = `${name}: \`${[command, ...args].join(' ')}\``;
      failures.push(failure);
      console.log(`✗ ${failure}`);
    }
  }
  try {
    await checkSize();
    passed += 1;
    console.log('✓ size');
  } catch (error) {
    report(error);
    failures.push('size');
  }
  return { passed, failed: failures.length, skipped, failures };
}

await whenStarted(import.meta.url, async () => {
  await build();
  const { failed } = await check();
  if (failed === 0) return;
  const remedy =
    'see the messages above; `npx prettier --write .` and `cargo fmt` mend the formatting';
  throw new Failure('checking', `${failed} of the checks failed`, remedy);
});
