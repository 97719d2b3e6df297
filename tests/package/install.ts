import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** The package as a user gets it, installed into an empty project. */
export interface Installed {
  /** The folder of the project. The package is in its node_modules. */
  readonly project: string;
  /** The folder of the installed package. */
  readonly folder: string;
  /** The files of the tarball. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly unpackedSize: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    installed: Installed;
  }
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8' });
}

/** Packs the built package into a folder, as for publishing. */
export function pack(into: string): Pick<Installed, 'files' | 'unpackedSize'> & {
  /** The name of the tarball. */
  readonly filename: string;
} {
  const packed = npm('.', 'pack', '--ignore-scripts', '--json', '--pack-destination', into);
  return JSON.parse(packed)[0];
}

/**
 * Packs and installs the package, once for all tests of the package.
 *
 * The installation uses no network. It would fail if the package had dependencies, which it must
 * not.
 */
export default function setup({ provide }: TestProject): () => void {
  const temporary = mkdtempSync(join(tmpdir(), 'valet-park-'));
  const { filename, files, unpackedSize } = pack(temporary);

  const project = join(temporary, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "a-user", "private": true }\n');
  npm(project, 'install', '--offline', '--no-audit', '--no-fund', join(temporary, filename));

  const folder = join(project, 'node_modules/valet-park');
  provide('installed', { project, folder, files, unpackedSize });
  return () => rmSync(temporary, { recursive: true, force: true });
}
