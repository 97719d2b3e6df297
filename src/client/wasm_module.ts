import { error, trouble, ValetError } from './error.js';
import { type Next, reading } from './row.js';

/** The JavaScript that wasm-bindgen writes for a WebAssembly module. */
export interface Glue {
  /** Instantiates the module. */
  readonly initSync: (input: { module: WebAssembly.Module }) => unknown;
  /** Replaces the instance by a new one of the same module. */
  readonly reset: () => void;
  /** Does what a row of values says. Returns a row of values. */
  readonly work: (row: unknown[]) => unknown[];
}

/** The values that cross into the module: first what is wanted, then the arguments. */
export type Row = readonly (string | number | boolean | undefined)[];

/** One of the two WebAssembly modules of the package: loads it, calls it, replaces it if it fails. */
export class WasmModule {
  readonly #glue: Glue;
  /** Returns the bytes of the module at once. Undefined in a browser. */
  #supply: (() => BufferSource) | undefined;
  /** `init` of the entry point: loads the module where its bytes are not at hand. */
  #init: (() => Promise<void>) | undefined;
  #compiled: WebAssembly.Module | undefined;
  /** The number of the instance in use. */
  #generation = 0;
  /** Frees the machines whose handle was garbage-collected. */
  readonly forgotten = new FinalizationRegistry<() => void>((free) => free());

  constructor(glue: Glue) {
    this.#glue = glue;
  }

  get generation(): number {
    return this.#generation;
  }

  /** True once the module can be used without `init`. */
  get isReady(): boolean {
    return this.#compiled !== undefined || this.#supply !== undefined;
  }

  /** Sets where the bytes come from when the module is first used. */
  supplyWith(bytes: () => BufferSource): void {
    this.#supply = bytes;
  }

  /** Sets how the module is loaded where its bytes are not at hand. */
  loadWith(init: () => Promise<void>): void {
    this.#init = init;
  }

  /** Loads the module unless it is ready. */
  async load(): Promise<void> {
    if (!this.isReady) await this.#init?.();
  }

  /** Instantiates the compiled module, unless an instance exists. */
  start(module: WebAssembly.Module): void {
    if (this.#compiled) return;
    this.#glue.initSync({ module });
    this.#compiled = module;
  }

  /**
   * Calls the module and returns its result. Throws every failure as a `ValetError`.
   *
   * A panic leaves the memory of the instance in an unknown state, so a new instance replaces it.
   * What the old instance held is lost, and the next call works.
   */
  ask(...row: Row): Next {
    if (!this.#compiled) this.#startNow();
    let next: Next;
    try {
      next = reading(this.#glue.work(row as unknown[]));
    } catch (thrown) {
      this.#generation += 1;
      this.#glue.reset();
      throw lost(thrown);
    }
    if (next<boolean>()) return next;
    throw new ValetError(trouble(next));
  }

  #startNow(): void {
    if (this.#supply === undefined) {
      throw error('invalid', 'not-loaded', 'expected `await init()` before the first use');
    }
    this.start(new WebAssembly.Module(this.#supply()));
  }
}

/** A machine inside of a module: a lot or a mirror. It ends with the instance it lives in. */
export class Handle {
  readonly #module: WasmModule;
  readonly #number: number;
  readonly #generation: number;

  constructor(module: WasmModule, ...row: Row) {
    const number: number = module.ask(...row)();
    const born = module.generation;
    this.#module = module;
    this.#number = number;
    this.#generation = born;
    const free = (): unknown => born === module.generation && module.ask('free', number);
    module.forgotten.register(this, free, this);
  }

  /** False once the instance it lives in has failed. */
  get isAlive(): boolean {
    return this.#generation === this.#module.generation;
  }

  /** Calls the machine and returns the result. */
  tell(...row: Row): Next {
    return this.#module.ask('tell', this.#number, ...row);
  }

  free(): void {
    this.#module.forgotten.unregister(this);
    if (this.isAlive) this.#module.ask('free', this.#number);
  }
}

/** The error for a call that an instance could not finish. `cause` holds the text of the panic. */
export function lost(cause?: unknown): ValetError {
  const message = 'the core failed and was replaced; what it knew is lost';
  return error('bug', 'lost', message, { outcome: 'unknown', cause });
}
