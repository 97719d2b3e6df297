// Packs the package once for all apps, and prints in the end what ran where.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { pack } from '../package/install.ts';
import type { Row } from './workshop.ts';

/** Where the apps are made. Outside of the system's temporary folder, as bundlers watch that. */
const folder = resolve('.cache/apps');

export interface Workshop {
  readonly folder: string;
  /** The package as it would be published. */
  readonly tarball: string;
  /** Where every app leaves what came of it, one line each. */
  readonly results: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    workshop: Workshop;
  }
}

export default function setup({ provide }: TestProject): () => void {
  mkdirSync(folder, { recursive: true });
  const { filename } = pack(folder);
  const results = join(folder, 'results.jsonl');
  rmSync(results, { force: true });
  const tarball = join(folder, filename);
  provide('workshop', { folder, tarball, results });
  return () => {
    if (existsSync(results)) print(readFileSync(results, 'utf8'));
    rmSync(tarball);
  };
}

/** The matrix: a row for each app, in the order of their names. */
function print(lines: string): void {
  const results = lines
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line))
    .sort((a, b) => a.app.localeCompare(b.app));
  const rows = [
    ['app', 'with', 'came to', 'core from', 'wasm files'],
    ...results.map(({ app, versions, outcome, core, wasm }) => [
      app,
      versions,
      outcome,
      core,
      wasm,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const text = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '));
  console.log(`\n${text.map((row) => row.trimEnd()).join('\n')}\n`);
}
