/**
 * Measures the memory of the core, counts its instances, and lets it trap. It only needs to know
 * that the core is a WebAssembly instance.
 *
 * Import this before the first use of the package, because Node loads the core on first use.
 */

type Exported = (...args: unknown[]) => unknown;

const Real = WebAssembly.Instance;
/** The instances in use, by their module. A new instance replaces a failed one. */
const instances = new Map<WebAssembly.Module, WebAssembly.Instance>();
let replaced = 0;
let trapIn: number | null = null;
/** The exported methods whose names start with this prefix may trap. */
let prefix = 'mirrorhandle_';

/** Fails for real: a mirror panics at a state of the feed that does not exist, and no memory has as
 *  many bytes as a lot asks for. */
function trap({ exports }: WebAssembly.Instance, mirror: unknown): unknown {
  const { mirrorhandle_setFeed: setFeed, __wbindgen_malloc: allocate } = exports;
  if (typeof setFeed === 'function') return (setFeed as Exported)(mirror, 0, 3);
  return (allocate as Exported)(0xffff_ffff, 1);
}

function watched(instance: WebAssembly.Instance, name: string, real: Exported): Exported {
  return (...args) => {
    if (trapIn === null || !name.startsWith(prefix) || name.endsWith('_new')) return real(...args);
    trapIn -= 1;
    if (trapIn > 0) return real(...args);
    trapIn = null;
    return trap(instance, args[0]);
  };
}

WebAssembly.Instance = new Proxy(Real, {
  construct(target, [module, imports]: [WebAssembly.Module, WebAssembly.Imports]) {
    const instance = new target(module, imports);
    if (instances.has(module)) replaced += 1;
    instances.set(module, instance);
    const exports: WebAssembly.Exports = {};
    for (const [name, value] of Object.entries(instance.exports)) {
      const isFunction = typeof value === 'function';
      exports[name] = isFunction ? watched(instance, name, value as Exported) : value;
    }
    return { exports };
  },
});

/** Makes the `nth` method call from now on trap, of a mirror (`core`) or of a `lot`. */
export function trapNext(of: 'core' | 'lot', nth = 1): void {
  prefix = of === 'core' ? 'mirrorhandle_' : 'lothandle_';
  trapIn = nth;
}

/** Returns the number of instances that failed and were replaced. */
export function replacedCount(): number {
  return replaced;
}

/** Returns the bytes of memory and the JavaScript references of the instances in use. */
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
