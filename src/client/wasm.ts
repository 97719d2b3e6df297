import { core as work, initSync } from '../../build/glue/valet_park.js';
import { error, trouble, ValetError } from './error.js';
import { type Next, reading } from './row.js';

/** How the core loads itself where nobody needs to call `init`; unset in a browser. */
let supply: (() => BufferSource) | undefined;
/** How the core is loaded where it takes time: `init` of the entry point. */
let fetchCore: (() => Promise<void>) | undefined;
/** What the core is an instance of. */
let compiled: WebAssembly.Module | undefined;
/** Which instance of the core is at work. It changes when one failed and was replaced. */
let generation = 0;

/** Puts the core to work from a compiled module. */
export function start(module: WebAssembly.Module): void {
  if (compiled) return;
  initSync({ module });
  compiled = module;
}

/** Says where the bytes come from when the core is first used. */
export function supplyWith(bytes: () => BufferSource): void {
  supply = bytes;
}

/** Says how the core is loaded where its bytes are not at hand. */
export function loadWith(init: () => Promise<void>): void {
  fetchCore = init;
}

/** Loads the core, unless that was done or is not needed. */
export async function loadCore(): Promise<void> {
  if (!isReady()) await fetchCore?.();
}

/** True once the core can be used without being loaded first. */
export function isReady(): boolean {
  return compiled !== undefined || supply !== undefined;
}

/** What is handed to the core: a word that says what is wanted, and what belongs to it. */
export type Row = readonly (string | number | boolean | undefined)[];

/**
 * Has the core do some work, reads what comes of it, and turns whatever it throws into a
 * `ValetError`.
 *
 * A trap leaves the memory of the instance in an unknown state. The instance is replaced at once,
 * so that only what was in it is lost and the next call works.
 */
export function ask(...row: Row): Next {
  const module = compiled ?? load();
  let next: Next;
  try {
    next = reading(work(row as unknown[]));
  } catch (thrown) {
    generation += 1;
    initSync({ module });
    throw lost(thrown);
  }
  if (next<boolean>()) return next;
  throw new ValetError(trouble(next));
}

/** Lets go of the machines that nobody has a handle of any more. */
const forgotten = new FinalizationRegistry<() => void>((free) => free());

/** A lot or a mirror in the core, and which instance of the core it lives in. */
export class Handle {
  readonly #number: number;
  readonly #generation = generation;

  constructor(...row: Row) {
    const number: number = ask(...row)();
    const born = this.#generation;
    this.#number = number;
    forgotten.register(this, () => born === generation && ask('free', number), this);
  }

  /** False once the core it lived in failed: nothing is left of it then. */
  get isAlive(): boolean {
    return this.#generation === generation;
  }

  /** Tells it something while it is alive, and reads what comes of it. */
  tell(...row: Row): Next {
    return ask('tell', this.#number, ...row);
  }

  free(): void {
    forgotten.unregister(this);
    if (this.isAlive) ask('free', this.#number);
  }
}

/** The error for what went down with an instance of the core. */
export function lost(cause?: unknown): ValetError {
  const message = 'the core failed and was replaced; what it knew is lost';
  return error('bug', 'lost', message, { outcome: 'unknown', cause });
}

function load(): WebAssembly.Module {
  if (supply === undefined) {
    throw error('invalid', 'not-loaded', 'expected `await init()` before the first use');
  }
  const module = new WebAssembly.Module(supply());
  start(module);
  return module;
}
