// Checks what no test can: the formatting, the lints of Rust, TypeScript, CSS, Markdown and shell, the
// types of TypeScript, cycles of imports, the size of the package. Every check runs, even after one failed.

import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { checkSize } from './build/size.mjs';
import { markdownProblems } from './check/markdown.mjs';
import { styleProblems } from './check/styles.mjs';
import { wasmToolchain } from './setup/wasm-target.mjs';
import { Failure, report, root, whenStarted } from './step.mjs';

const denied = ['--', '-D', 'warnings'];
// The build has compiled the macros of the dependencies for the profile `release`.
const wasm = ['clippy', '--quiet', '--release', '--lib', '--target', 'wasm32-unknown-unknown'];

/** @typedef {[command: string, ...args: string[]]} Command */

/**
 * The commands in two groups that run at the same time: cargo runs one command at a time anyway.
 *
 * @type {Record<string, Command>[]}
 */
const groups = [
  {
    rustfmt: ['cargo', 'fmt', '--check'],
    clippy: ['cargo', 'clippy', '--quiet', '--all-targets', ...denied],
    'clippy (wasm32)': ['cargo', ...wasm, ...denied],
    'clippy (wasm32, browser)': ['cargo', ...wasm, '--features', 'browser', ...denied],
    'clippy (wasm32, switch)': ['cargo', ...wasm, '--features', 'switch', ...denied],
  },
  {
    'tsc (client)': ['node_modules/.bin/tsc', '--noEmit', '-p', 'tsconfig.client.json'],
    'oxlint (lints, types, import cycles)': ['node_modules/.bin/oxlint'],
    prettier: ['node_modules/.bin/prettier', '--check', '--log-level', 'warn', '.'],
    shell: ['bash', '-n', '.ci/run'],
  },
];

/** @returns {Promise<import('./test-report.mjs').Counts>} */
export async function check() {
  const { env } = await wasmToolchain();
  /** @type {string[]} */
  const failures = [];
  let [passed, skipped] = [0, 0];
  /** @param {string} name @param {() => string | null | Promise<string | null>} failureOf */
  async function run(name, failureOf) {
    console.log(`▸ ${name}`);
    const started = Date.now();
    const failure = await failureOf();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(failure === null ? `✓ ${name} (${seconds} s)` : `✗ ${name}: ${failure}`);
    if (failure === null) passed += 1;
    else failures.push(`${name}: ${failure}`);
  }
  /** @param {Record<string, Command>} commands */
  async function runAll(commands) {
    for (const [name, command] of Object.entries(commands)) {
      // Clippy belongs to rustup's compiler and cannot use the standard library of Debian's.
      if (env.RUSTC && name.startsWith('clippy (wasm32')) {
        console.log(`- ${name}: skipped, because rustup has no WebAssembly target here`);
        skipped += 1;
      } else await run(name, () => commandFailure(command));
    }
  }
  await Promise.all(groups.map(runAll));
  await run('styles', async () => (await styleProblems()).join('\n  ') || null);
  await run('markdown', () => markdownProblems().join('\n  ') || null);
  await run('size', sizeFailure);
  return { passed, failed: failures.length, skipped, failures };
}

/**
 * Runs a command, and prints what it wrote when it has ended, so that the texts of two commands do
 * not mix. Returns the command if it failed, or null.
 *
 * @param {Command} command @returns {Promise<string | null>}
 */
function commandFailure([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (/** @type {string} */ part) => (text += part));
    child.on('error', (error) => (text += error.message));
    child.on('close', (code) => {
      if (text) console.log(text.trimEnd());
      resolve(code === 0 ? null : `\`${[program, ...args].join(' ')}\``);
    });
  });
}

async function sizeFailure() {
  try {
    await checkSize();
    return null;
  } catch (error) {
    report(error);
    return 'see the message above';
  }
}

await whenStarted(import.meta.url, async () => {
  await build();
  const { failed } = await check();
  if (failed === 0) return;
  const remedy =
    'see the messages above; `npx prettier --write .` and `cargo fmt` repair the formatting';
  throw new Failure('checking', `${failed} of the checks failed`, remedy);
});
