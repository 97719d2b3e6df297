import { isReady, start } from './wasm.js';
import { error, isValetError, type ValetError } from './error.js';
import { reasonOf, tried } from './host.js';

/** Where the core may be loaded from. */
export type InitInput =
  | URL
  | string
  | Response
  | BufferSource
  | WebAssembly.Module
  | Promise<Response | BufferSource | WebAssembly.Module>;

/** Where the core is found when nobody says so. */
export interface Source {
  /** The file beside the package, where there is one. */
  readonly url?: () => URL;
  /** The copy inside the package, for when the file got lost. */
  readonly inlined: () => Promise<BufferSource>;
}

let loading: Promise<void> | undefined;

/** `init` of an entry point; see there. */
export function initFrom(source: Source, input?: InitInput): Promise<void> {
  if (isReady()) return Promise.resolve();
  loading ??= compiled(source, input)
    .then(start)
    .catch((cause: unknown) => {
      throw isValetError(cause) ? cause : notLoaded(cause);
    })
    .finally(() => {
      loading = undefined;
    });
  return loading;
}

/**
 * Loads the core from bytes or a module that are at hand, without waiting. For service workers,
 * tests, and wherever a bundler hands over a `WebAssembly.Module`.
 */
export function initSync(input: { module: BufferSource | WebAssembly.Module }): void {
  const module = tried(() => {
    const given: unknown = input.module;
    return given instanceof WebAssembly.Module || isBytes(given) ? given : undefined;
  });
  if (module === undefined) {
    const expected = 'expected `{ module }` with a WebAssembly.Module or its bytes';
    throw error('invalid', 'invalid-options', expected);
  }
  try {
    start(module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module));
  } catch (cause) {
    throw notLoaded(cause);
  }
}

async function compiled(source: Source, input?: InitInput): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== 'object') {
    throw error('invalid', 'not-loaded', 'expected a host with WebAssembly; this one has none');
  }
  if (input !== undefined) return compile(await input);
  // A bundler may have left the file behind: then there is a 404, a page of HTML, or a `file:`
  // that cannot be fetched. What the content policy forbids, the inlined copy cannot do either.
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
  // Not `compileStreaming`: it insists on a media type that half of all servers get wrong, and for
  // a file this small there is nothing to gain.
  return WebAssembly.compile(await response.arrayBuffer());
}

function isBytes(value: unknown): value is BufferSource {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** Browsers name the policy in the message, and nowhere else. */
function isForbidden(cause: unknown): boolean {
  return /unsafe-eval|Content Security Policy/i.test(reasonOf(cause));
}

function notLoaded(cause: unknown): ValetError {
  const reason = reasonOf(cause);
  const cure = isForbidden(cause)
    ? "add 'wasm-unsafe-eval' to script-src of the page's Content-Security-Policy"
    : 'hand `init` the URL or the bytes of valet_park.wasm';
  return error('invalid', 'not-loaded', `the core could not be loaded: ${reason}; ${cure}`, {
    cause,
    retryable: true,
  });
}
