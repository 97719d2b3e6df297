// Makes sure that Rust can compile for WebAssembly, and says how. Tried in this order: what is
// there,
// `rustup target add`, and, where rustup cannot reach its server, Debian's packages (as root).

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask, Failure, run, whenStarted } from '../step.mjs';
import { canInstall, install } from './debian.mjs';

const target = 'wasm32-unknown-unknown';
const debianPackages = ['rustc-web', 'libstd-rust-web-dev', 'rust-web-src'];
const rustupTimeoutMs = 120_000;

/**
 * How to compile for WebAssembly: what `cargo build` gets besides its usual arguments.
 *
 * @typedef {{ version: string, args: string[], env: Record<string, string> }} Toolchain
 */

/** @returns {Promise<Toolchain>} */
export async function wasmToolchain() {
  const version = ask('rustc', '--version');
  if (!version || !ask('cargo', '--version')) {
    throw new Failure(
      'looking for Rust',
      '`rustc` and `cargo` cannot be run',
      'install Rust with rustup (https://rustup.rs), then open a new terminal',
    );
  }
  return installed(version) ?? debian() ?? (await byRustup(version)) ?? (await byDebian());
}

/** @param {string} version @returns {Toolchain | null} */
function installed(version) {
  const libraries = ask('rustc', '--print', 'target-libdir', '--target', target);
  return libraries && existsSync(libraries) ? { version, args: [], env: {} } : null;
}

/** @param {string} version */
async function byRustup(version) {
  if (!ask('rustup', '--version')) return null;
  console.log(`▸ rustup target add ${target}`);
  try {
    await run('rustup', ['target', 'add', target], {
      what: 'adding the WebAssembly target',
      remedy: '',
      timeoutMs: rustupTimeoutMs,
    });
  } catch {
    console.log('  rustup could not add it; trying the packages of Debian');
  }
  return installed(version);
}

/**
 * Debian's compiler lives beside rustup's. Its standard library is compiled along with the core,
 * and it borrows the linker that rustup's toolchain brings.
 *
 * @returns {Toolchain | null}
 */
function debian() {
  const rustc = '/usr/bin/rustc';
  const version = ask(rustc, '--version');
  const sources = join(ask(rustc, '--print', 'sysroot') ?? '', 'lib/rustlib/src/rust/library/std');
  const host = /^host: (.+)$/m.exec(ask('rustc', '-vV') ?? '')?.[1] ?? '';
  const linker = join(ask('rustc', '--print', 'sysroot') ?? '', `lib/rustlib/${host}/bin/rust-lld`);
  if (!version || !existsSync(sources) || !existsSync(linker)) return null;
  return {
    version: `${version} with build-std`,
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
  throw new Failure(what, 'they are installed, but the sources or `rust-lld` are missing', remedy);
}

await whenStarted(import.meta.url, async () => console.log((await wasmToolchain()).version));
