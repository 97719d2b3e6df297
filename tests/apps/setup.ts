// Packs the package once for all apps, and prints a table of the results at the end.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { pack } from '../package/install.ts';
import type { Row } from './workshop.ts';

/** The folder of the apps. It is not in the system's temporary folder, which bundlers watch. */
const folder = resolve('.cache/apps');

export interface Workshop {
  readonly folder: string;
  /** The path of the packed package. */
  readonly tarball: string;
  /** The path of the results, one line for each app. */
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

/** Prints the table of results: a row for each app, sorted by name. */
function print(lines: string): void {
  const results = lines
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line))
    .sort((a, b) => a.app.localeCompare(b.app));
  const rows = [
    ['app', 'result', 'core from', 'wasm files', 'with'],
    ...results.map(({ app, outcome, core, wasm, versions }) => [
      app,
      outcome,
      core,
      wasm,
      versions,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const text = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '));
  console.log(`\n${text.map((row) => row.trimEnd()).join('\n')}\n`);
}
