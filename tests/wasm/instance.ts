/**
 * Looks over the shoulder of the core: how much memory it takes, and what becomes of it when it
 * traps. It needs nothing of the package's insides, only that the core is a WebAssembly instance.
 *
 * Import this before the package is first used: under Node the core loads on first use.
 */

type Exported = (...args: unknown[]) => unknown;

const Real = WebAssembly.Instance;
const instances: WebAssembly.Instance[] = [];
let trapIn: number | null = null;

/** The core is handed a row of values; the first says what is wanted. */
function isForMachine(args: unknown[]): boolean {
  return Array.isArray(args[0]) && args[0][0] === 'tell';
}

function watched(real: Exported): Exported {
  return (...args) => {
    if (trapIn === null || !isForMachine(args)) return real(...args);
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
    instances.push(instance);
    const exports: WebAssembly.Exports = {};
    for (const [name, value] of Object.entries(instance.exports)) {
      exports[name] = typeof value === 'function' ? watched(value as Exported) : value;
    }
    return { exports };
  },
});

/** Makes the `count`th call of a machine in the core from now on trap, for real. */
export function trapNext(count = 1): void {
  trapIn = count;
}

/** How many instances of the core there have been. */
export function instanceCount(): number {
  return instances.length;
}

/** What the latest instance takes: bytes of memory, and references to values of JavaScript. */
export function footprint(): { bytes: number; references: number } {
  const exports = Object.values(instances.at(-1)?.exports ?? {});
  const memory = exports.find((value) => value instanceof WebAssembly.Memory);
  const tables = exports.filter((value) => value instanceof WebAssembly.Table);
  if (!memory || tables.length === 0) throw new Error('expected a core with memory and tables');
  return {
    bytes: memory.buffer.byteLength,
    references: tables.reduce((sum, table) => sum + table.length, 0),
  };
}
