// Goal: the numbers in a stack trace get the names of their functions.
// Method: the host tells the number of an exported function, and the build the name of each number.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { named } from '../../scripts/symbols.mjs';

/** Returns the numbers of the exported functions of a module, by name. */
function numbers(path: string): Map<string, string> {
  const module = new WebAssembly.Module(readFileSync(path));
  const imports = WebAssembly.Module.imports(module).map(({ module: from, name }) => {
    return [from, { [name]: () => {} }] as const;
  });
  const given: WebAssembly.Imports = {};
  for (const [from, one] of imports) given[from] = { ...given[from], ...one };
  const { exports } = new WebAssembly.Instance(module, given);
  const functions = Object.entries(exports).filter(([, value]) => typeof value === 'function');
  return new Map(functions.map(([name, value]) => [name, (value as { name: string }).name]));
}

test.each(['dist/valet_park.wasm', 'dist/lot/valet_park_lot.wasm'])(
  'the functions of %s are named',
  (path) => {
    const index = numbers(path).get('__wbindgen_malloc') ?? '';
    expect(index).toMatch(/^\d+$/);
    const frame = `at wasm://wasm/0051a2f6:wasm-function[${index}]:0xc567`;
    expect(named(`Error: no\n    ${frame}\n`, path)).toBe(
      `Error: no\n    ${frame} __wbindgen_malloc\n`,
    );
    expect(named('wasm-function[999999]', path)).toBe('wasm-function[999999] (unknown)');
  },
);

test('a module that was not built here is reported', () => {
  expect(() => named('wasm-function[1]', 'package.json')).toThrow(/was not built here/);
});
