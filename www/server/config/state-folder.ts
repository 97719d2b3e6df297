import { dirname, resolve } from 'node:path';
import type { Config } from './config.ts';

/** Returns the folder with the tokens and the log of the relay. */
export function stateFolder(config: Config): string {
  const folder = config.file === null ? process.cwd() : dirname(config.file);
  return config.pathOf('state') ?? resolve(folder, 'valet-park-state');
}
