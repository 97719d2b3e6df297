import { error, type ErrorDetails, ValetError } from './error.js';
import { tried } from './host.js';

/** The JavaScript that wasm-bindgen writes for a WebAssembly module. */
export interface Glue {
  /** Instantiates the module. */
  readonly initSync: (input: { module: WebAssembly.Module }) => unknown;
  /** Replaces the instance by a new one of the same module. */
  readonly reset: () => void;
}

/** Loads one of the two WebAssembly modules, calls it, and replaces an instance that failed. */
export class WasmModule {
  readonly #glue: Glue;
  /** Returns the bytes of the module at once. Undefined in a browser. */
  #supply: (() => BufferSource) | undefined;
  /** The `init` of the entry point. It loads the module if `#supply` is undefined. */
  #init: (() => Promise<void>) | undefined;
  #compiled: WebAssembly.Module | undefined;
  /** The number of the present instance. */
  #generation = 0;

  constructor(glue: Glue) {
    this.#glue = glue;
  }

  get generation(): number {
    return this.#generation;
  }

  /** True if the module is loaded, or can be loaded on first use. */
  get isReady(): boolean {
    return this.#compiled !== undefined || this.#supply !== undefined;
  }

  /** Sets the function that returns the bytes of the module on first use. */
  supplyWith(bytes: () => BufferSource): void {
    this.#supply = bytes;
  }

  /** Sets the function that loads the module if `supplyWith` was not called. */
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
   * The lots and mirrors of the old instance are lost. The next call works. `onFailure` is called
   * while the old instance can still be used.
   */
  run<T>(work: () => T, onFailure?: () => void): T {
    if (!this.#compiled) this.#startNow();
    try {
      return work();
    } catch (thrown) {
      if (isErrorDetails(thrown)) throw new ValetError(thrown);
      tried(() => onFailure?.());
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

/** A lot or a mirror inside a WebAssembly instance. It is lost when the instance fails. */
export class Handle<T extends { free(): void }> {
  readonly #module: WasmModule;
  readonly #object: T;
  readonly #generation: number;

  constructor(module: WasmModule, create: () => T) {
    this.#module = module;
    this.#object = module.run(create);
    this.#generation = module.generation;
  }

  /** False if the instance of the object has failed. */
  get isAlive(): boolean {
    return this.#generation === this.#module.generation;
  }

  /** Runs `work` with the object and returns its result. Throws `lost` if the object is lost.
   *  `onFailure` is called when the instance has failed, before it is replaced. */
  use<R>(work: (object: T) => R, onFailure?: () => void): R {
    if (!this.isAlive) throw lost();
    return this.#module.run(() => work(this.#object), onFailure);
  }

  free(): void {
    if (this.isAlive) this.use((object) => object.free());
  }
}

/** True for the details of an error, which the core throws. Any other value is a failure. */
function isErrorDetails(thrown: unknown): thrown is ErrorDetails {
  return typeof thrown === 'object' && thrown !== null && !(thrown instanceof Error);
}

/**
 * Returns the error of a call that an instance could not finish. `cause` has the text of the panic.
 */
export function lost(cause?: unknown): ValetError {
  const message =
    'the core failed and was replaced; what it knew is lost; ' +
    'please report this with what `recording()` returns (docs/errors.md)';
  return error('bug', 'lost', message, { outcome: 'unknown', cause });
}
