// Finds a Rust compiler for WebAssembly, and installs what it lacks. Cargo.toml records the version
// that compiles the published package. The order is:
//   1. `rustc`, if it is the recorded version
//   2. the recorded version, if rustup has installed it beside others
//   3. `rustc` in any other version
//   4. the compiler of Debian
//   5. `rustup target add`, then, if rustup cannot reach its server, the packages of Debian (as root)

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, at, Failure, run, whenStarted } from '../step.mjs';
import { canInstall, install } from './debian.mjs';

const target = 'wasm32-unknown-unknown';
const debianPackages = ['rustc-web', 'libstd-rust-web-dev', 'rust-web-src'];
const rustupTimeoutMs = 120_000;

/**
 * A compiler for WebAssembly.
 *
 * @typedef {object} Toolchain
 * @property {string} version  what `rustc --version` prints
 * @property {boolean} isRecorded  whether this is the compiler of the published package
 * @property {string} sysroot  the folder of its libraries
 * @property {string[]} args  what `cargo build` needs beside its usual arguments
 * @property {Record<string, string>} env  what cargo needs in its environment
 */

/** @returns {Promise<Toolchain>} */
export async function wasmToolchain() {
  if (!ask('rustc', '--version') || !ask('cargo', '--version')) {
    throw new Failure(
      'looking for Rust',
      '`rustc` and `cargo` cannot be run',
      'install Rust with rustup (https://rustup.rs), then open a new terminal',
    );
  }
  const active = installed();
  if (active?.isRecorded) return active;
  return recordedBeside() ?? active ?? debian() ?? (await byRustup()) ?? (await byDebian());
}

/** Returns the version of Rust that compiles the published package, like `1.95.0`. */
export function recordedVersion() {
  const manifest = readFileSync(at('Cargo.toml'), 'utf8');
  const version = /^\[package\.metadata\.published\]\n(?:#.*\n)*rust = "(.+)"$/m.exec(
    manifest,
  )?.[1];
  if (version) return version;
  throw new Failure(
    'reading the recorded version of Rust',
    'Cargo.toml has no `rust` in [package.metadata.published]',
    'restore it with `git checkout Cargo.toml`',
  );
}

/** Returns what to do to compile with the recorded version. */
export function howToUseRecorded() {
  const version = recordedVersion();
  return `\`rustup toolchain install ${version} --profile minimal --target ${target}\``;
}

/**
 * Returns the active `rustc` of this machine, or null if it cannot compile for WebAssembly.
 *
 * @param {string[]} [select]  `+NAME`, to use another toolchain of rustup
 * @param {Record<string, string>} [env]
 * @returns {Toolchain | null}
 */
function installed(select = [], env = {}) {
  const version = ask('rustc', ...select, '--version') ?? '';
  const sysroot = ask('rustc', ...select, '--print', 'sysroot') ?? '';
  const libraries = ask('rustc', ...select, '--print', 'target-libdir', '--target', target);
  if (!libraries || !existsSync(libraries)) return null;
  const isRecorded = version.startsWith(`rustc ${recordedVersion()} `);
  return { version, isRecorded, sysroot, args: [], env };
}

function recordedBeside() {
  const names = ask('rustup', 'toolchain', 'list')?.split('\n') ?? [];
  // Some versions of rustup download a toolchain that is asked for, so the list comes first.
  const name = names.find((name) => name.startsWith(`${recordedVersion()}-`))?.split(' ')[0];
  return name ? installed([`+${name}`], { RUSTUP_TOOLCHAIN: name }) : null;
}

async function byRustup() {
  if (!ask('rustup', '--version')) return null;
  console.log(`▸ rustup target add ${target}`);
  try {
    await run('rustup', ['target', 'add', target], {
      what: 'adding the WebAssembly target',
      remedy: '',
      timeoutMs: rustupTimeoutMs,
    });
  } catch {
    console.log('  rustup could not add the target; trying the packages of Debian');
  }
  return installed();
}

/**
 * Returns the compiler of Debian, which is installed beside the one of rustup. The standard library
 * is compiled together with the core. The linker comes from rustup's toolchain.
 *
 * @returns {Toolchain | null}
 */
function debian() {
  const rustc = '/usr/bin/rustc';
  const version = ask(rustc, '--version');
  const sysroot = ask(rustc, '--print', 'sysroot') ?? '';
  const sources = join(sysroot, 'lib/rustlib/src/rust/library/std');
  const host = /^host: (.+)$/m.exec(ask('rustc', '-vV') ?? '')?.[1] ?? '';
  const linker = join(ask('rustc', '--print', 'sysroot') ?? '', `lib/rustlib/${host}/bin/rust-lld`);
  if (!version || !existsSync(sources) || !existsSync(linker)) return null;
  return {
    version: `${version} with build-std`,
    isRecorded: false,
    sysroot,
    args: ['-Zbuild-std=std,panic_abort'],
    env: {
      RUSTC: rustc,
      RUSTC_BOOTSTRAP: '1',
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker,
    },
  };
}

async function byDebian() {
  const what = `installing ${debianPackages.join(', ')}`;
  const remedy = `run \`rustup target add ${target}\` where rustup reaches its server`;
  if (!canInstall()) {
    throw new Failure(
      'making Rust compile for WebAssembly',
      `the target ${target} is not installed, and rustup could not add it`,
      `${remedy}; on Debian also: \`sudo apt-get install ${debianPackages.join(' ')}\``,
    );
  }
  await install(debianPackages, { what, remedy });
  const toolchain = debian();
  if (toolchain) return toolchain;
  throw new Failure(
    what,
    'the packages are installed, but the sources or `rust-lld` are missing',
    remedy,
  );
}

await whenStarted(import.meta.url, async () => console.log((await wasmToolchain()).version));
