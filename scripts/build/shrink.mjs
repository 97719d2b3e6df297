// Makes the WebAssembly of the core smaller, and the JavaScript that belongs to it: leaves out what
// a panic would have said, lets wasm-opt work, and gives what the two call each other short names.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { at, Failure, root } from '../step.mjs';

/** What rustc lets itself use of WebAssembly; binaryen must be told, or it refuses the file. */
const features = {
  'bulk-memory': 'BulkMemory',
  multivalue: 'Multivalue',
  'mutable-globals': 'MutableGlobals',
  'nontrapping-float-to-int': 'NontrappingFPToInt',
  'reference-types': 'ReferenceTypes',
  'sign-ext': 'SignExt',
};

/**
 * In which order wasm-opt works. Found by trying some hundred of them against the size after
 * brotli; any order gives a module that does the same.
 */
const passes = [
  ...['--dealign', '--merge-similar-functions', '-Oz', '--flatten', '--licm', '--rereloop'],
  ...['--reorder-functions', '--vacuum', '--vacuum', '-Oz', '--generate-global-effects', '-Oz'],
];

/**
 * Functions that never return: they gather what a panic has to say, and trap.
 *
 * There is nobody to say it to. A browser has no standard error, and the client takes every trap
 * alike: it replaces the instance. So they trap at once, and take the formatter along.
 */
const panics = [
  /^core(\[\w+\])?::(panicking|option|result|cell|slice::index|str)::\w*(panic|fail)\w*/,
  /^<?(core|std)(\[\w+\])?::panicking::/,
  /^std(\[\w+\])?::alloc::/,
  /^<?alloc(\[\w+\])?::.*::(assert_failed|handle_error|handle_alloc_error|capacity_overflow)\b/,
  /^__rustc(\[\w+\])?::(rust_begin_unwind|rust_panic|__rust_alloc_error_handler)/,
];

/** Parts of the JavaScript that wasm-bindgen writes. */
const unneeded = [
  /^ {4}if \(module !== undefined\) \{\n[^]*?^ {4}\}\n/m,
  /^ {4}if \(!\(module instanceof [^]*?^ {4}\}\n/m,
  /^if \(Symbol\.dispose\).*\n/m,
  /\(typeof FinalizationRegistry === 'undefined'\)\s+\?.*\s+: /,
  /^ {4}if \(typeof numBytesDecoded [^]*?WASM_VECTOR_LEN = 0;\n/m,
  /^if \(!\('encodeInto' in [^]*?^\}\n/m,
  /^ {4}if \(realloc === undefined\) \{\n[^]*?^ {4}\}\n/m,
];

/** @param {string} wasm @param {string} glue  the module with its names, and its JavaScript */
export async function shrink(wasm, glue) {
  const silent = `${wasm}.silent`;
  const text = readFileSync(at(glue), 'utf8');
  writeFileSync(at(silent), await silenced(readFileSync(at(wasm)), text));
  const names = optimised(silent, wasm);
  rmSync(at(silent));
  writeFileSync(at(glue), renamed(text, names));
}

/**
 * The module with every panic silenced, and without exports that its JavaScript has no use for.
 *
 * @param {Uint8Array} bytes @param {string} text
 */
async function silenced(bytes, text) {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(bytes);
  const known = Object.entries(binaryen.Features).filter(([name]) =>
    Object.values(features).includes(name),
  );
  module.setFeatures(known.reduce((sum, [, bit]) => sum | Number(bit), binaryen.Features.MVP));
  const all = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  const silent = all.filter(({ name }) => panics.some((pattern) => pattern.test(name)));
  if (silent.length === 0) {
    const remedy = 'see what the functions are called now, and mend the list in shrink.mjs';
    throw new Failure('silencing panics', 'no function of that name was found', remedy);
  }
  for (const { name, params, results } of silent) {
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.unreachable());
  }
  for (let index = module.getNumExports(); index-- > 0;) {
    const { name } = binaryen.getExportInfo(module.getExportByIndex(index));
    if (!text.includes(`wasm.${name}`)) module.removeExport(name);
  }
  return module.emitBinary();
}

/**
 * Lets wasm-opt work, and tells which names it gave.
 *
 * @param {string} from @param {string} to
 * @returns {{ imports: [string, string, string][], exports: [string, string][] }}
 */
function optimised(from, to) {
  const what = 'making the WebAssembly smaller';
  const args = [
    ...Object.keys(features).map((feature) => `--enable-${feature}`),
    '--low-memory-unused', // rustc puts the stack there, and the stack starts at its other end
    ...passes,
    '--minify-imports-and-exports-and-modules',
    // wasm-bindgen has read the features, and nobody reads the names.
    ...['--strip-target-features', '--strip-debug', '--strip-producers'],
  ];
  const command = ['node_modules/binaryen/bin/wasm-opt', ...args, from, '-o', to];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    const remedy = 'if wasm-opt names a feature, add it to the list in scripts/build/shrink.mjs';
    throw new Failure(what, stderr || stdout, remedy);
  }
  return JSON.parse(stdout);
}

/**
 * The JavaScript of the module, with the names that wasm-opt gave.
 *
 * @param {string} text @param {ReturnType<typeof optimised>} names
 */
function renamed(text, { imports, exports }) {
  const short = new Map(exports);
  const own = strict(text).replace(
    /\bwasm\.(\w+)/g,
    (_, name) => `wasm.${short.get(name) ?? name}`,
  );
  return imports
    .reduce((renamed, [, from, to]) => renamed.replace(`${from}: function`, `${to}: function`), own)
    .replace(/"\.\/valet_park_bg\.js"/, '"a"');
}

/**
 * The JavaScript without what only others need: callers of `initSync` that hand it something else
 * than `{ module }` with a compiled module (it would warn them), browsers that write text into no
 * array and collect no garbage in sight (older than the WebAssembly used here), memory that cannot
 * grow, and `using`. The two numbers it would start anew after a failure are none of the instance's.
 *
 * @param {string} text
 */
function strict(text) {
  return unneeded.reduce((rest, block) => {
    if (!block.test(rest)) {
      const remedy = 'see what wasm-bindgen writes now, and mend the list in shrink.mjs';
      throw new Failure('making the JavaScript of the core smaller', `no ${block}`, remedy);
    }
    return rest.replace(block, '');
  }, text.replace('initSync(module)', 'initSync({ module })'));
}
