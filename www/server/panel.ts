import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono/tiny';

/**
 * The reception panel, as built: every file of a folder, under its own path.
 *
 * The client, the element and the WebAssembly lie beside the folder, where the package shares them.
 * The folder is listed once and only what was listed is served, so no request can name a path
 * outside it. A folder that is not there is an empty one.
 */
export function panelRoute(folder: string): Hono {
  const files = new Map([...BESIDE, ...listFiles(folder)]);
  return new Hono().get('*', async (c, next) => {
    const { pathname } = new URL(c.req.url);
    const file = files.get(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (file === undefined) return next();
    return c.body(await readFile(file), 200, {
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-cache',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
    });
  });
}

/** What the panel loads of the package itself, which has it once, beside the server. */
const BESIDE = ['index.js', 'element.js', 'valet_park.wasm', 'inlined.js'].map(
  (name) => [`/${name}`, fileURLToPath(new URL(`./${name}`, import.meta.url))] as const,
);

function listFiles(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return files;
  }
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, file).split(sep).map(encodeURIComponent).join('/')}`, file);
  }
  return files;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm', // Anything else, and browsers refuse to compile it as it arrives.
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Nothing from elsewhere, nothing inline; WebAssembly may be compiled, `eval` stays forbidden. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
