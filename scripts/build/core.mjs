// Compiles the Rust core into build/glue: valet_park_bg.wasm, the JavaScript that wasm-bindgen
// writes for it (valet_park.js), and the same WebAssembly once more as text (inlined.js): deflated,
// because it is in the package twice, for import and for require().

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { ask, at, Failure, files, run, root, step, whenStarted } from '../step.mjs';
import { shrink } from './shrink.mjs';
import { wasmBindgen } from '../setup/wasm-bindgen.mjs';
import { wasmToolchain } from '../setup/wasm-target.mjs';

const compiled = 'target/wasm32-unknown-unknown/release/valet_park.wasm';
const glue = 'build/glue';

/**
 * What makes LLVM write less than for size alone: nothing is computed early, or kept, for being at
 * hand once more, and a call counts as the ten bytes that it takes. Found by trying its options one
 * by one against the size after brotli.
 */
const sparing = [
  ...['-disable-lsr', '-enable-load-pre=0', '-disable-machine-cse'],
  ...['-simplifycfg-sink-common=0', '-inline-call-penalty=35'],
];

export async function buildCore() {
  const toolchain = await wasmToolchain();
  const bindgen = await wasmBindgen();
  const io = {
    reads: [
      'Cargo.toml',
      'Cargo.lock',
      '.cargo/config.toml',
      'rust-toolchain.toml',
      'package-lock.json',
      'scripts/build/core.mjs',
      'scripts/build/shrink.mjs',
      ...files('src', '.rs'),
    ],
    writes: ['valet_park.js', 'valet_park.d.ts', 'valet_park_bg.wasm', 'inlined.js'].map(
      (name) => `${glue}/${name}`,
    ),
    facts: [toolchain.version, bindgen.version],
  };
  await step('core', io, async () => {
    await compile(toolchain);
    rmSync(at(glue), { recursive: true, force: true });
    bind(bindgen.command);
    await shrink(`${glue}/valet_park_bg.wasm`, `${glue}/valet_park.js`);
    inline();
  });
}

/** @param {import('../setup/wasm-target.mjs').Toolchain} toolchain */
async function compile({ args, env }) {
  const target = ['--target', 'wasm32-unknown-unknown', '--target-dir', 'target'];
  await run('cargo', ['fetch', '--locked'], {
    what: 'fetching the crates',
    remedy: 'check the network; Cargo.lock names what is needed',
  });
  // Asked for the Rust library as well, cargo leaves out optimising across crates.
  const kind = ['--lib', '--crate-type', 'cdylib'];
  const llvm = sparing.map((option) => `-Cllvm-args=${option}`);
  await run('cargo', ['rustc', '--release', ...kind, ...target, ...args, '--', ...llvm], {
    what: 'compiling the core for WebAssembly',
    remedy: 'see the message of the compiler above',
    env: { ...env, RUSTFLAGS: withoutPaths() },
  });
}

/** Keeps the folders of this machine out of the messages of panics, and so out of the package. */
function withoutPaths() {
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src');
  const indices = existsSync(registry) ? readdirSync(registry) : [];
  const names = [
    ...indices.map((index) => `${join(registry, index)}=crates`),
    `${ask('rustc', '--print', 'sysroot')}=rust`,
    `${root}=.`,
  ];
  return names.map((pair) => `--remap-path-prefix=${pair}`).join(' ');
}

/** @param {string} command */
function bind(command) {
  const what = 'writing the JavaScript that belongs to the core';
  const { status, stderr, error } = spawnSync(
    command,
    [
      compiled,
      ...['--target', 'web', '--out-dir', glue, '--out-name', 'valet_park'],
      '--omit-default-module-path',
    ],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Failure(what, stderr || String(error), 'see the message of wasm-bindgen above');
  }
  // Without that section wasm-bindgen quietly falls back to code that is larger and slower.
  if (stderr.includes('target_features')) {
    throw new Failure(what, stderr.trim(), 'keep `strip = "debuginfo"` in Cargo.toml');
  }
  process.stderr.write(stderr);
}

function inline() {
  const wasm = readFileSync(at(`${glue}/valet_park_bg.wasm`));
  const text = deflateRawSync(wasm, { level: 9 }).toString('base64');
  writeFileSync(at(`${glue}/inlined.js`), `export default '${text}';\n`);
  writeFileSync(
    at(`${glue}/inlined.d.ts`),
    '/** The WebAssembly of the core, deflated, in base64. */\n' +
      'declare const base64: string;\nexport default base64;\n',
  );
}

await whenStarted(import.meta.url, buildCore);
