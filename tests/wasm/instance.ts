/**
 * Looks over the shoulder of the core: how much memory it takes, and what becomes of it when it
 * traps. It needs nothing of the package's insides, only that the core is a WebAssembly instance.
 *
 * Import this before the package is first used: under Node the core loads on first use.
 */

type Exported = (...args: unknown[]) => unknown;

const Real = WebAssembly.Instance;
/** All instances in use, each under its module: a failed one is replaced. */
const instances = new Map<WebAssembly.Module, WebAssembly.Instance>();
let replaced = 0;
let trapIn: number | null = null;
/** The function of the module that is going to trap. */
let trapOf = 'core';

/** The core is handed a row of values; the first says what is wanted. */
function isForMachine(args: unknown[]): boolean {
  return Array.isArray(args[0]) && args[0][0] === 'tell';
}

function watched(name: string, real: Exported): Exported {
  return (...args) => {
    if (trapIn === null || name !== trapOf || !isForMachine(args)) return real(...args);
    trapIn -= 1;
    if (trapIn > 0) return real(...args);
    trapIn = null;
    // A row that calls the core while the core reads it: nobody may be in it twice.
    return real(Object.assign(args[0] as unknown[], { shift: () => real(['tell']) }));
  };
}

WebAssembly.Instance = new Proxy(Real, {
  construct(target, [module, imports]: [WebAssembly.Module, WebAssembly.Imports]) {
    const instance = new target(module, imports);
    if (instances.has(module)) replaced += 1;
    instances.set(module, instance);
    const exports: WebAssembly.Exports = {};
    for (const [name, value] of Object.entries(instance.exports)) {
      exports[name] = typeof value === 'function' ? watched(name, value as Exported) : value;
    }
    return { exports };
  },
});

/** Makes a call of a machine trap, for real: the `nth` from now on, of `core` or of `lot`. */
export function trapNext(of: 'core' | 'lot', nth = 1): void {
  trapOf = of;
  trapIn = nth;
}

/** Returns how many instances have failed and were replaced. */
export function replacedCount(): number {
  return replaced;
}

/** Returns what the instances in use take: bytes of memory, and references to JavaScript values. */
export function footprint(): { bytes: number; references: number } {
  const exports = [...instances.values()].flatMap((instance) => Object.values(instance.exports));
  const memories = exports.filter((value) => value instanceof WebAssembly.Memory);
  const tables = exports.filter((value) => value instanceof WebAssembly.Table);
  if (memories.length === 0 || tables.length === 0) {
    throw new Error('expected an instance with memory and tables');
  }
  return {
    bytes: memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    references: tables.reduce((sum, table) => sum + table.length, 0),
  };
}
