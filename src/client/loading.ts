import { error, isValetError, type ValetError } from './error.js';
import { reasonOf, tried } from './host.js';
import type { WasmModule } from './wasm_module.js';

/** The place of the WebAssembly: a URL, a response, its bytes, or a compiled module. */
export type InitInput =
  | URL
  | string
  | Response
  | BufferSource
  | WebAssembly.Module
  | Promise<Response | BufferSource | WebAssembly.Module>;

/** The default places of the WebAssembly of an entry point. */
export interface Source {
  /** Returns the URL of the `.wasm` file beside the package, if there is such a file. */
  readonly url?: () => URL;
  /** Unpacks the copy inside the package, for the case that the file cannot be loaded. */
  readonly inlined: () => Promise<BufferSource>;
}

/** The input of `initSync`: a compiled module, or its bytes. */
export interface SyncInput {
  readonly module: BufferSource | WebAssembly.Module;
}

const loading = new WeakMap<WasmModule, Promise<void>>();

/** Does the work of `init`, which each entry point exports. */
export function initFrom(wasm: WasmModule, source: Source, input?: InitInput): Promise<void> {
  if (wasm.isReady) return Promise.resolve();
  const underway = loading.get(wasm);
  if (underway) return underway;
  const started = compiled(source, input)
    .then((module) => wasm.start(module))
    .catch((cause: unknown) => {
      throw isValetError(cause) ? cause : notLoaded(cause);
    })
    .finally(() => loading.delete(wasm));
  loading.set(wasm, started);
  return started;
}

/** Does the work of `initSync`, which each entry point exports. */
export function initSyncFrom(wasm: WasmModule, input: SyncInput): void {
  const module = tried(() => {
    const given: unknown = input.module;
    return given instanceof WebAssembly.Module || isBytes(given) ? given : undefined;
  });
  if (module === undefined) {
    const expected = 'expected `{ module }` with a WebAssembly.Module or its bytes';
    throw error('invalid', 'invalid-options', expected);
  }
  try {
    wasm.start(module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module));
  } catch (cause) {
    throw notLoaded(cause);
  }
}

async function compiled(source: Source, input?: InitInput): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== 'object') {
    throw error('invalid', 'not-loaded', 'expected a host with WebAssembly, found none');
  }
  if (input !== undefined) return compile(await input);
  // A bundler may have left the file out. The server then answers 404 or a page of HTML, or the
  // page has a `file:` URL that cannot be fetched. If the content policy forbids WebAssembly, it
  // forbids the inlined copy, too.
  try {
    if (source.url) return await compile(source.url());
  } catch (lostFile) {
    if (isForbidden(lostFile)) throw lostFile;
  }
  return WebAssembly.compile(await source.inlined());
}

async function compile(input: Awaited<InitInput>): Promise<WebAssembly.Module> {
  if (input instanceof WebAssembly.Module) return input;
  if (isBytes(input)) return WebAssembly.compile(input);
  const response = input instanceof Response ? input : await fetch(input);
  if (!response.ok) throw new Error(`HTTP status ${response.status} for ${response.url}`);
  // `compileStreaming` is not used. It demands a media type that many servers get wrong, and it
  // saves no time for a file this small.
  return WebAssembly.compile(await response.arrayBuffer());
}

function isBytes(value: unknown): value is BufferSource {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** True if a content policy forbids WebAssembly. Browsers say so only in the text of the error. */
function isForbidden(cause: unknown): boolean {
  return /unsafe-eval|Content Security Policy/i.test(reasonOf(cause));
}

function notLoaded(cause: unknown): ValetError {
  const reason = reasonOf(cause);
  const cure = isForbidden(cause)
    ? "add 'wasm-unsafe-eval' to script-src of the page's Content-Security-Policy"
    : 'pass `init` the URL or the bytes of the .wasm file of the package';
  return error('invalid', 'not-loaded', `the core could not be loaded: ${reason}; ${cure}`, {
    cause,
    retryable: true,
  });
}
