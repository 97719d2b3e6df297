import { error, type ErrorDetails, ValetError } from './error.js';

/** The JavaScript that wasm-bindgen writes for a WebAssembly module. */
export interface Glue {
  /** Instantiates the module. */
  readonly initSync: (input: { module: WebAssembly.Module }) => unknown;
  /** Replaces the instance by a new one of the same module. */
  readonly reset: () => void;
}

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
   * Runs `work`, which calls the module, and returns its result. Throws every failure as a
   * `ValetError`.
   *
   * A panic leaves the memory of the instance in an unknown state, so a new instance replaces it.
   * The old instance's lots and mirrors are lost. The next call works.
   */
  run<T>(work: () => T): T {
    if (!this.#compiled) this.#startNow();
    try {
      return work();
    } catch (thrown) {
      if (isErrorDetails(thrown)) throw new ValetError(thrown);
      this.#generation += 1;
      this.#glue.reset();
      throw lost(thrown);
    }
  }

  #startNow(): void {
    if (this.#supply === undefined) {
      throw error('invalid', 'not-loaded', 'expected `await init()` before the first use');
    }
    this.start(new WebAssembly.Module(this.#supply()));
  }
}

/** An object inside of a module: a lot or a mirror. It ends with the instance it lives in. */
export class Handle<T extends { free(): void }> {
  readonly #module: WasmModule;
  readonly #object: T;
  readonly #generation: number;

  constructor(module: WasmModule, create: () => T) {
    this.#module = module;
    this.#object = module.run(create);
    this.#generation = module.generation;
  }

  /** False once the instance it lives in has failed. */
  get isAlive(): boolean {
    return this.#generation === this.#module.generation;
  }

  /** Runs `work` with the object and returns its result. Throws `lost` if the object is lost. */
  use<R>(work: (object: T) => R): R {
    if (!this.isAlive) throw lost();
    return this.#module.run(() => work(this.#object));
  }

  free(): void {
    if (this.isAlive) this.use((object) => object.free());
  }
}

/** The module throws the details of an error. Everything else that is thrown is a failure. */
function isErrorDetails(thrown: unknown): thrown is ErrorDetails {
  return typeof thrown === 'object' && thrown !== null && !(thrown instanceof Error);
}

/** The error for a call that an instance could not finish. `cause` holds the text of the panic. */
export function lost(cause?: unknown): ValetError {
  const message = 'the core failed and was replaced; what it knew is lost';
  return error('bug', 'lost', message, { outcome: 'unknown', cause });
}
