#!/usr/bin/env node
import { parseArgs } from 'node:util';
import {
  describeFaults,
  PROFILES,
  startSwitch,
  type RunningSwitch,
  type StartOptions,
} from './index.ts';

const HELP = `Usage: valet-park [options]

Runs a telephone switch with a parking lot, to try valet parking against: the valet_park
resource over HTTP, a feed of call events, and a page on which calls can be made.

  --port <port>      where to listen; 0 takes any free port (default 8341)
  --host <host>      on which address (default 127.0.0.1, this machine only)
  --slots <count>    how many slots the lot has (default 9)
  --patience <s>     how long a call waits, in seconds; 0 is for ever (default 180)
  --token <token>    the token that clients show (default: a random one, printed)
  --profile <name>   how calls are parked: lot, as specified, or freeswitch, as a real switch was
                     seen to, races included (default lot)
  --refuse-parked    refuse questions that are asked with a parked call, as a switch may
  --faults <faults>  what goes wrong: calm, rough, storm, or a list such as
                     seed=7,delay=50..800,lost=0.02 (default calm)
  --help             this text
`;

const FLAGS = {
  port: { type: 'string', default: '8341' },
  host: { type: 'string', default: '127.0.0.1' },
  slots: { type: 'string', default: '9' },
  patience: { type: 'string', default: '180' },
  token: { type: 'string' },
  profile: { type: 'string', default: 'lot' },
  'refuse-parked': { type: 'boolean', default: false },
  faults: { type: 'string', default: 'calm' },
  help: { type: 'boolean', default: false },
} as const;

/** What the command line asks for; `null` for the help text.
 *
 *  @throws Error that says what would have been right. */
function readFlags(): StartOptions | null {
  const { values } = parseArgs({ options: FLAGS });
  if (values.help) return null;
  return {
    port: wholeNumber('--port', values.port, 0, 65_535),
    host: values.host,
    slots: wholeNumber('--slots', values.slots, 1, 65_535),
    patienceMs: wholeNumber('--patience', values.patience, 0, 86_400) * 1_000,
    profile: oneOf('--profile', values.profile, PROFILES),
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

/** Ends the process as a refused command does: a line for people, a code for scripts. */
function fail(message: string, code: number): never {
  process.stderr.write(`valet-park: ${message}\n`);
  process.exit(code);
}

function whyNot(error: unknown, options: StartOptions): string {
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

/** Closes at the first signal; at a second one the process ends at once, as people expect. */
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
    process.stdout.write(`valet-park listens at ${pbx.url}\ntoken: ${pbx.token}\n`);
  } catch (error) {
    fail(whyNot(error, options), 1);
  }
}

await run();
