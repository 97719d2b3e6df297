import { describeFaults, type StartOptions } from '../index.ts';
import type { Values } from './settings.ts';

/**
 * Returns the options of the embedded switch.
 *
 * @throws SwitchError for faults that cannot be read.
 */
export function switchOptions(values: Values): StartOptions & { port: number; host: string } {
  const { patience, token, hourly, 'refuse-parked': refuseParked = false } = values;
  const { port = DEFAULT_PORT, host = DEFAULT_HOST, faults = 'calm' } = values;
  const { slots, profile, dialect, strict } = values;
  return {
    port,
    host,
    askWithParked: !refuseParked,
    faults: describeFaults(faults),
    ...(slots === undefined ? {} : { slots }),
    ...(patience === undefined ? {} : { patienceMs: patience * 1_000 }),
    ...(token === undefined ? {} : { token }),
    ...(profile === undefined ? {} : { profile }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(strict === undefined ? {} : { strict }),
    ...(hourly === undefined ? {} : { hourlyLimit: hourly }),
  };
}

export const DEFAULT_PORT = 8341;
export const DEFAULT_HOST = '127.0.0.1';
