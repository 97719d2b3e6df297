import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** A server that only sends files, as a static host does. */
export interface StaticSite {
  /** The address of the folder, with a slash at the end. */
  readonly url: string;
  /** The addresses that were asked for and that are no files of the folder. */
  readonly missing: readonly string[];
  close(): Promise<void>;
}

/** Serves a folder under a path, such as `/some/path/`. */
export async function serveSite(folder: string, path: string): Promise<StaticSite> {
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const name = decodeURIComponent(pathname.replace(/\/$/, '/index.html'));
    const isInside = name.startsWith(path) && request.method === 'GET';
    readFile(isInside ? join(folder, name.slice(path.length)) : '').then(
      (content) => {
        response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'text/plain' });
        response.end(content);
      },
      () => {
        missing.push(`${request.method} ${request.url}`);
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    missing,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};
