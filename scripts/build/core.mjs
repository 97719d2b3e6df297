// Compiles the Rust core to WebAssembly, once for each module of the package, into build/glue:
//   NAME.wasm         the module
//   NAME.js           the JavaScript that wasm-bindgen writes for it, with NAME.d.ts
//   NAME.inlined.js   the module as text: deflated, then base64
// And into build/symbols the names of the functions, for `npm run symbols`. The published modules
// do not contain them.

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { at, Failure, files, run, root, step, whenStarted } from '../step.mjs';
import { symbolFile } from '../symbols.mjs';
import { wasmBindgen } from '../setup/wasm-bindgen.mjs';
import { howToUseRecorded, recordedVersion, wasmToolchain } from '../setup/wasm-target.mjs';

/** The modules, each with the cargo feature that chooses what it contains. */
const modules = [
  { name: 'valet_park', feature: 'browser' },
  { name: 'valet_park_lot', feature: 'switch' },
];

const compiled = 'target/wasm32-unknown-unknown/release/valet_park.wasm';
const glue = 'build/glue';

export async function buildCore() {
  const toolchain = await wasmToolchain();
  const bindgen = await wasmBindgen();
  const io = {
    reads: [
      'Cargo.toml',
      'Cargo.lock',
      '.cargo/config.toml',
      'package-lock.json',
      'scripts/bindgen/src/main.rs',
      'scripts/build/core.mjs',
      ...files('src', '.rs'),
    ],
    writes: modules.flatMap(({ name }) =>
      ['js', 'd.ts', 'wasm', 'inlined.js'].map((ending) => `${glue}/${name}.${ending}`),
    ),
    facts: [toolchain.version, bindgen.version],
  };
  await step('core', io, async () => {
    if (!toolchain.isRecorded) {
      console.log(`  compiled by ${toolchain.version}; the published package by ${recordedVersion()}`);
      console.log(`  for the same compiler: ${howToUseRecorded()}`);
    }
    await run('cargo', ['fetch', '--locked'], {
      what: 'fetching the crates',
      remedy: 'check the network; Cargo.lock names what is needed',
    });
    rmSync(at(glue), { recursive: true, force: true });
    mkdirSync(at(glue), { recursive: true });
    mkdirSync(at('build/symbols'), { recursive: true });
    for (const { name, feature } of modules) {
      await compile(toolchain, feature);
      bind(bindgen.command, name);
      optimise(name);
      inline(name);
    }
  });
}

/** @param {import('../setup/wasm-target.mjs').Toolchain} toolchain @param {string} feature */
async function compile({ args, env, sysroot }, feature) {
  const kind = ['--lib', '--crate-type', 'cdylib', '--features', feature];
  const target = ['--target', 'wasm32-unknown-unknown', '--target-dir', 'target'];
  await run('cargo', ['rustc', '--release', ...kind, ...target, ...args], {
    what: `compiling the core for WebAssembly (${feature})`,
    remedy: 'see the message of the compiler above',
    env: { ...env, RUSTFLAGS: withoutPaths(sysroot) },
  });
}

/** Returns the flags that keep the folders of this machine out of the texts of panics. */
function withoutPaths(/** @type {string} */ sysroot) {
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src');
  const indices = existsSync(registry) ? readdirSync(registry) : [];
  const names = [
    ...indices.map((index) => `${join(registry, index)}=crates`),
    `${sysroot}=rust`,
    `${root}=.`,
  ];
  return names.map((pair) => `--remap-path-prefix=${pair}`).join(' ');
}

/** @param {string} command @param {string} name */
function bind(command, name) {
  const args = [at(compiled), at(glue), name];
  tool('writing the JavaScript for the core', command, args, 'see the message of wasm-bindgen');
}

/**
 * Makes the module smaller, keeps the names of its functions beside, and removes them from it.
 *
 * @param {string} name
 */
function optimise(name) {
  const [from, to] = [`${glue}/${name}_bg.wasm`, `${glue}/${name}.wasm`];
  const names = `${glue}/${name}.names.txt`;
  const args = ['-Os', '--converge', '--reorder-locals', `--symbolmap=${names}`, '--strip-producers', '--strip-target-features'];
  const command = ['node_modules/binaryen/bin/wasm-opt', ...args, from, '-o', to];
  const remedy = 'see the message of wasm-opt';
  tool('making the WebAssembly smaller', process.execPath, command, remedy);
  rmSync(at(from));
  renameSync(at(names), at(symbolFile(readFileSync(at(to)))));
}

/** @param {string} name */
function inline(name) {
  const wasm = readFileSync(at(`${glue}/${name}.wasm`));
  const text = deflateRawSync(wasm, { level: 9 }).toString('base64');
  writeFileSync(at(`${glue}/${name}.inlined.js`), `export default '${text}';\n`);
  writeFileSync(
    at(`${glue}/${name}.inlined.d.ts`),
    '/** The WebAssembly module, deflated, in base64. */\n' +
      'declare const base64: string;\nexport default base64;\n',
  );
}

/** @param {string} what @param {string} command @param {string[]} args @param {string} remedy */
function tool(what, command, args, remedy) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Failure(what, stderr || stdout || String(error), remedy);
}

await whenStarted(import.meta.url, buildCore);
