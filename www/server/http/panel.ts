import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono/tiny';

/**
 * Serves the built reception panel: each file of a folder, under its own path.
 *
 * The client, the element, its texts and the WebAssembly are beside the folder, because the whole
 * package shares them. The folders are listed once, and only the listed files are served. So no request can reach a
 * path outside. A missing folder counts as empty.
 * The page reads in `/panel.json` which server it has.
 */
export function panelRoute(folder: string, server: 'switch' | 'relay'): Hono {
  const messages = listFiles(fileURLToPath(new URL('./messages', import.meta.url)), '/messages/');
  const files = new Map([...BESIDE, ...messages, ...listFiles(folder, '/')]);
  const app = new Hono().get('/panel.json', (c) => c.json({ server }));
  return app.get('*', async (c, next) => {
    const { path } = c.req;
    const file = files.get(path === '/' ? '/index.html' : encodeURI(path));
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

/** The files of the package that the panel loads. They are beside the server. */
const BESIDE = ['index.js', 'element.js', 'valet_park.wasm', 'inlined.js'].map(
  (name) => [`/${name}`, fileURLToPath(new URL(`./${name}`, import.meta.url))] as const,
);

/** Returns the files of a folder, each by its path in the URL, which starts with `root`. */
function listFiles(folder: string, root: string): ReadonlyMap<string, string> {
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
    files.set(root + relative(folder, file).split(sep).map(encodeURIComponent).join('/'), file);
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
  '.wasm': 'application/wasm', // Browsers compile a stream only with this type.
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Forbids other origins, inline code and `eval`. Allows to compile WebAssembly. */
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
