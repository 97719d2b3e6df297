import { join } from 'node:path';

/** True for a name of a lot. The name is part of addresses and the name of a folder. */
export function isLotName(name: string): boolean {
  return /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/.test(name);
}

/** Describes a right name. Completes the sentence `the name is …`. */
export const LOT_NAME = '1 to 63 of the characters a-z, 0-9 and -, as acme';

/** Returns the folder with the state of one lot, in the folder of all of them. */
export function lotFolder(state: string, lot: string): string {
  return join(state, 'lots', lot);
}
