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
 * In which order wasm-opt works. Found by trying some hundreds of them against the size after
 * brotli; any order gives a module that does the same.
 */
const passes = [
  ...['--merge-similar-functions', '--simplify-globals', '--simplify-locals-nostructure'],
  ...['--merge-locals', '--dealign', '--merge-blocks', '--vacuum'],
  ...['--simplify-locals-notee', '--flatten', '--reorder-locals'],
  ...['--rereloop', '--simplify-locals', '--licm', '--monomorphize'],
  ...['-Os', '-Oz', '--vacuum', '-Oz'],
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

/** What they would have said: texts, and the places in the source that they would have named. */
const words = [
  /(src|crates|rust|\/rustc)\/[\w./-]+\.rs\0/g,
  /.(insertion|removal) index \(is [^]*?\0/g,
  /attempt to divide by zero|capacity overflow|Tried to shrink to a larger capacity/g,
  /RefCell already (mutably )?borrowed|closure invoked recursively or after being dropped/g,
  /0001020304(?:\d\d)+9596979899/g,
];

/**
 * Parts of the JavaScript that wasm-bindgen writes, and what does in their place.
 *
 * @type {[RegExp, string][]}
 */
const shorter = [
  // The client hands `{ module }` to `initSync`, compiled: nobody is to be warned.
  [/initSync\(module\)/, 'initSync({ module })'],
  [/^ {4}if \(module !== undefined\) \{\n[^]*?^ {4}\}\n/m, ''],
  [/^ {4}if \(!\(module instanceof [^]*?^ {4}\}\n/m, ''],
  // It is called again for a fresh instance, in the place of one that failed.
  [/^( {4}if \(wasm !== undefined\) return wasm;\n)(?=\s*const imports)/m, ''],
  [/^ *wasmInstance = instance;\n/m, ''],
  [/^ *wasmModule = module;\n/m, ''],
  // One way to hand over a text will do; the other is for longer ones.
  [/^if \(!\('encodeInto' in [^]*?^\}\n/m, ''],
  [/^ {4}if \(realloc === undefined\) \{\n([^]*?)^ {4}\}\n[^]*?^\}\n/m, '$1}\n'],
  [/, wasm\.__wbindgen_realloc\)/, ')'],
  [/\(ptr \/ 1, ptr \/ 1 \+ len\)/, '(ptr, ptr + len)'],
  // An address is negative in JavaScript only beyond two gigabytes, which the core never has.
  [/^ {4}ptr = ptr >>> 0;\n/gm, ''],
  [/\(arg0 >>> 0\)/g, 'arg0'],
  [/(malloc\(buf\.length, 1\)) >>> 0/, '$1'],
  [/ \+ 4 \* 0,/, ','],
  // What is no text is handed over as none.
  [/^ *const obj = arg1;\n.*\n.*isLikeNone\(ret\) \? 0 : (.*)ret, (.*)\);\n/m,
    "            var ptr1 = typeof arg1 === 'string' ? $1arg1, $2) : 0;\n"],
  // The one import that may throw, where a host has no `crypto`, looks after that itself.
  [/function\(\) \{ return handleError\(function (\(arg0, arg1\)) \{\n(.*)\n *\}, arguments\);/,
    'function$1 { try {\n$2\n} catch (e) { wasm.__wbindgen_exn_store(addToExternrefTable0(e)); }'],
  // To warm a decoder up is to no purpose that is known.
  [/^ *cachedTextDecoder\.decode\(\);\n/gm, ''],
  // A view of the memory costs less than to know whether one from before is still good.
  [/^(let| {3}) cached(DataView|Uint8Array)Memory0 = null;\n/gm, ''],
  [/^ {4}if \(cached\w+Memory0 === null .*\n.*= (new .*)\n {4}\}\n.*\n/gm, '    return $1\n'],
];

/** @param {string} wasm @param {string} glue  the module with its names, and its JavaScript */
export async function shrink(wasm, glue) {
  const silent = `${wasm}.silent`;
  const text = strict(readFileSync(at(glue), 'utf8'));
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
  module.runPasses(['remove-unused-module-elements']);
  return wordless(module);
}

/**
 * The module with zeros, which wasm-opt leaves out, where nobody reads any more what a panic would
 * have said. What some code still names by its address stays.
 *
 * @param {any} module  one of binaryen, whose types do not know of segments yet
 * @returns {Uint8Array}
 */
function wordless(module) {
  const bytes = module.emitBinary();
  const named = [...String(module.emitText()).matchAll(/(?:i32\.const |offset=)(\d{5,})/g)].map(
    ([, address]) => Number(address),
  );
  for (let index = module.getNumDataSegments(); index-- > 0;) {
    const { offset, data } = module.getDataSegmentInfo(module.getDataSegmentByIndex(index));
    const content = Buffer.from(data);
    const at = Buffer.from(bytes).indexOf(content);
    const segment = bytes.subarray(at, at + content.length);
    const blank = (/** @type {number} */ from, /** @type {number} */ length) => {
      const [first, end] = [offset + from, offset + from + length];
      if (!named.some((address) => address >= first && address < end)) {
        segment.fill(0, from, from + length);
      }
    };
    const found = words.flatMap((pattern) => [...content.toString('latin1').matchAll(pattern)]);
    for (const { index, 0: text } of found) blank(index, text.length);
    // A place in the source: the address of the file's name, its length without the zero byte at
    // its end, the line and the column.
    const files = new Map(found.map(({ index, 0: text }) => [offset + index, text.length - 1]));
    for (let from = 0; from + 16 <= content.length; from += 4) {
      const length = files.get(content.readUInt32LE(from));
      if (length === content.readUInt32LE(from + 4)) blank(from, 16);
    }
  }
  return bytes;
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
  const own = text.replace(
    /\bwasm\.(\w+)/g,
    (_, name) => `wasm.${short.get(name) ?? name}`,
  );
  return imports
    .reduce((renamed, [, from, to]) => renamed.replace(`${from}: function`, `${to}: function`), own)
    // What is imported no more kept its long name.
    .replace(/^ {8}__wbg_\w+: function[^]*?^ {8}\},\n/gm, '')
    .replace(/"\.\/valet_park_bg\.js"/, '"a"');
}

/**
 * The JavaScript without what only others need.
 *
 * @param {string} text
 */
function strict(text) {
  return shorter.reduce((rest, [block, instead]) => {
    if (rest.search(block) < 0) {
      const remedy = 'see what wasm-bindgen writes now, and mend the list in shrink.mjs';
      throw new Failure('making the JavaScript of the core smaller', `no ${block}`, remedy);
    }
    return rest.replace(block, instead);
  }, text);
}
