#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { DEFAULT_PATIENCE_MS, DEFAULT_SLOTS } from './defaults.ts';
import {
  describeFaults,
  DIALECTS,
  PROFILES,
  startSwitch,
  type RunningSwitch,
  type StartOptions,
} from './index.ts';

const DEFAULT_PATIENCE_S = DEFAULT_PATIENCE_MS / 1_000;

const HELP = `Usage: valet-park [options]

Runs a simulated telephone switch with a parking lot: the valet_park resource over HTTP, a feed of
call events, and a page on which calls can be made.

  --port <port>      the port; 0 takes any free port (default 8341)
  --host <host>      the address (default 127.0.0.1, this machine only)
  --slots <count>    the number of slots in the lot (default ${DEFAULT_SLOTS})
  --patience <s>     how long a call waits, in seconds; 0 is for ever (default ${DEFAULT_PATIENCE_S})
  --token <token>    the token of the clients (default: a random one, printed)
  --profile <name>   how calls are parked: lot, as specified, or freeswitch, as a real switch was
                     seen to park, with its races (default lot)
  --dialect <name>   the version of the documentation: classic, or current, where park and slots
                     need a slot (default classic)
  --strict           offer only what a real switch offers: no feed and no page; clients get tokens
                     with the client id and the client secret, which are printed
  --hourly <count>   the number of API requests per hour (default 100000)
  --refuse-parked    refuse questions that are asked with a parked call, as some switches may
  --faults <faults>  the faults: calm, rough, storm, or a list such as
                     seed=7,delay=50..800,lost=0.02 (default calm)
  --help             print this text
`;

const FLAGS = {
  port: { type: 'string', default: '8341' },
  host: { type: 'string', default: '127.0.0.1' },
  slots: { type: 'string', default: String(DEFAULT_SLOTS) },
  patience: { type: 'string', default: String(DEFAULT_PATIENCE_S) },
  token: { type: 'string' },
  profile: { type: 'string', default: 'lot' },
  dialect: { type: 'string', default: 'classic' },
  strict: { type: 'boolean', default: false },
  hourly: { type: 'string', default: '100000' },
  'refuse-parked': { type: 'boolean', default: false },
  faults: { type: 'string', default: 'calm' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command line. Returns null for `--help`.
 *
 * @throws Error for a wrong option. The message says what would be right.
 */
function readFlags(): StartOptions | null {
  const { values } = parseArgs({ options: FLAGS });
  if (values.help) return null;
  return {
    port: wholeNumber('--port', values.port, 0, 65_535),
    host: values.host,
    slots: wholeNumber('--slots', values.slots, 1, 65_535),
    patienceMs: wholeNumber('--patience', values.patience, 0, 86_400) * 1_000,
    profile: oneOf('--profile', values.profile, PROFILES),
    dialect: oneOf('--dialect', values.dialect, DIALECTS),
    strict: values.strict,
    hourlyLimit: wholeNumber('--hourly', values.hourly, 1, 999_999_999),
    askWithParked: !values['refuse-parked'],
    faults: describeFaults(values.faults),
    ...(values.token === undefined ? {} : { token: values.token }),
  };
}

function wholeNumber(flag: string, text: string, lowest: number, highest: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= lowest && number <= highest) return number;
  throw new Error(`${flag} is a whole number from ${lowest} to ${highest}, not \`${text}\``);
}

function oneOf<T extends string>(flag: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new Error(`${flag} is one of ${words.join(', ')}, not \`${text}\``);
}

/** Prints a line to stderr and ends the process with an exit code. */
function fail(message: string, code: number): never {
  process.stderr.write(`valet-park: ${message}\n`);
  process.exit(code);
}

function reasonFor(error: unknown, options: StartOptions): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `port ${options.port} is taken; take another with --port, or any free one with --port 0`;
  }
  if (code === 'EACCES') {
    return `port ${options.port} is not allowed; take one above 1023 with --port`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `\`${options.host}\` is no address of this machine; --host takes one, or 0.0.0.0`;
  }
  return message;
}

/** Closes the switch at the first signal. A second signal ends the process at once. */
function closeOnSignal(pbx: RunningSwitch): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void pbx.close());
}

async function run(): Promise<void> {
  let options: StartOptions | null;
  try {
    options = readFlags();
  } catch (error) {
    fail(`${(error as Error).message}\nTry: valet-park --help`, 2);
  }
  if (options === null) {
    process.stdout.write(HELP);
    return;
  }
  try {
    const pbx = await startSwitch(options);
    closeOnSignal(pbx);
    const { client } = pbx;
    const key =
      client === null
        ? `token: ${pbx.token}`
        : `client id: ${client.id}\nclient secret: ${client.secret}`;
    process.stdout.write(`valet-park listens at ${pbx.url}\n${key}\n`);
  } catch (error) {
    fail(reasonFor(error, options), 1);
  }
}

await run();
