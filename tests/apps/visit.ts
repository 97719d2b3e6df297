// Opens pages of apps in Chromium. The result of a page is its title, after the page has changed
// it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { onTestFinished } from 'vitest';
import { chromiumLaunch } from '../../scripts/setup/chromium.mjs';

export interface Visit {
  readonly outcome: string;
  /** The source of the WebAssembly: its file, or the copy in the JavaScript. */
  readonly core: string;
  /** The messages of the console, without those of tools and of the browser. */
  readonly console: readonly string[];
}

/**
 * Messages of a development server, and of the browser about a file that a bundler has lost or
 * about a policy.
 */
const notOurs = /^\[vite\]|^Failed to load resource|Content.Security.Policy|React DevTools/;

/** Opens Chromium, which is closed when the test ends. A page may use its fake microphone. */
export async function open(): Promise<BrowserContext> {
  const launch = chromiumLaunch();
  const telephone = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
  const args = [...launch.args, ...telephone];
  const browser = await chromium.launch({ ...launch, args });
  onTestFinished(() => browser.close());
  return browser.newContext();
}

/** Returns the URL of a page with the address of its switch. */
export function at(url: string, desk: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}desk=${encodeURIComponent(desk)}`;
}

/** Opens a page, and waits until its title shows the result. */
export async function visit(url: string, desk: string): Promise<Visit> {
  return look(await open(), at(url, desk));
}

async function look(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage();
  const said = listen(page);
  let core = 'its copy';
  context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.wasm') && response.ok() && isWasm(response.headers()))
      core = 'its file';
  });
  await page.goto(url);
  const outcome = await titled(page);
  return { outcome, core, console: said };
}

/** Collects the messages of a page from now on, without those of tools and of the browser. */
export function listen(page: Page): readonly string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (!notOurs.test(message.text())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  return said;
}

function isWasm(headers: Record<string, string>): boolean {
  return headers['content-type'] === 'application/wasm';
}

async function titled(page: Page): Promise<string> {
  // Storybook sets its own name and that of the story first.
  const others = ['', '…', 'Storybook', 'lot--parked'];
  await page.waitForFunction((titles) => !titles.includes(document.title), others, {
    timeout: 30_000,
  });
  return page.title();
}

/** How a plain server sends the files of a folder. */
export interface Sent {
  readonly path?: string;
  readonly policy?: string;
  readonly wasmType?: string;
}

/** Serves a folder, and opens its page. */
export async function visitFolder(folder: string, desk: string, sent: Sent = {}): Promise<Visit> {
  const { path = '', policy, wasmType } = sent;
  const serve: Serve = (name, response) => {
    if (wasmType !== undefined && name.endsWith('.wasm')) {
      response.setHeader('Content-Type', wasmType);
      response.setHeader('X-Content-Type-Options', 'nosniff');
    }
    return under(policy)(name, response);
  };
  return visit((await serveFolder(folder, serve)) + path, desk);
}

/** Answers a request and returns true, or returns false for the file of the folder. */
export type Serve = (path: string, response: ServerResponse) => boolean;

/** Sets a content security policy for every answer. */
export function under(policy: string | undefined): Serve {
  return (_path, response) => {
    if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
    return false;
  };
}

/** Serves the files of a folder until the test ends. Returns the address. */
export async function serveFolder(folder: string, serve: Serve = () => false): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = normalize(pathname.replace(/\/$/, '/index.html'));
    response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
    if (serve(pathname, response)) return;
    try {
      response.end(readFileSync(join(folder, path)));
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html>not here');
    }
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${await listening(server)}/`;
}

/** Lets a server listen on a free port, and returns the port. */
async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Opens a page from the disk, as Electron and Capacitor do. */
export async function visitDisk(file: string): Promise<Visit> {
  return look(await open(), pathToFileURL(file).href);
}

/** Opens the page of an extension. */
export async function visitExtension(folder: string): Promise<Visit> {
  const profile = mkdtempSync(join(tmpdir(), 'valet-park-profile-'));
  const launch = chromiumLaunch({ isWhole: true });
  const extension = [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`];
  const context = await chromium.launchPersistentContext(profile, {
    ...launch,
    args: [...launch.args, ...extension],
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  onTestFinished(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return look(context, new URL('index.html', worker.url()).href);
}
