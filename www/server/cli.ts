#!/usr/bin/env node
import { AccessError } from './access/access-error.ts';
import { administer } from './config/administer.ts';
import { readCommandLine, type Command } from './config/command-line.ts';
import { ConfigError } from './config/config-error.ts';
import { helpText } from './config/help.ts';
import { readConfig, type Config } from './config/read.ts';
import { switchOptions } from './config/switch-options.ts';
import { startSwitch, SwitchError } from './index.ts';

/** Prints a line to stderr and ends the process with an exit code. */
function fail(message: string, code: number): never {
  process.stderr.write(`valet-park: ${message}\n`);
  process.exit(code);
}

/** Explains why a server does not listen. */
function listenProblem(error: unknown, port: number, host: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `port ${port} is taken; take another with --port, or any free one with --port 0`;
  }
  if (code === 'EACCES') {
    return `port ${port} is not allowed; take one above 1023 with --port`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `\`${host}\` is no address of this machine; --host takes one, or 0.0.0.0`;
  }
  return message;
}

/** Closes a server at the first signal. A second signal ends the process at once. */
function closeOnSignal(server: { close(): Promise<void> }): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
}

async function runSwitch({ values }: Config): Promise<void> {
  const options = switchOptions(values);
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
    fail(listenProblem(error, options.port, options.host), 1);
  }
}

async function execute(command: Command, config: Config): Promise<void> {
  switch (command.name) {
    case 'help':
      process.stdout.write(helpText());
      return;
    case 'run':
      return runSwitch(config);
    case 'pair':
    case 'token add':
    case 'token list':
    case 'token revoke':
      process.stdout.write(await administer(command, config));
      return;
    case 'check':
    case 'init':
      throw new ConfigError(`${command.name} comes with the relay`);
  }
}

async function main(): Promise<void> {
  try {
    const { command, flags } = readCommandLine(process.argv.slice(2));
    // Help must be there even if the configuration file is broken.
    if (command.name === 'help') process.stdout.write(helpText());
    else await execute(command, readConfig(flags, process.env));
  } catch (error) {
    if (error instanceof AccessError) fail(error.message, 1);
    if (error instanceof ConfigError || error instanceof SwitchError) {
      fail(`${error.message}\nTry: valet-park --help`, 2);
    }
    fail(error instanceof Error ? error.message : String(error), 1);
  }
}

await main();
