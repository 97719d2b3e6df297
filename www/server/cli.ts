#!/usr/bin/env node
import { AccessError } from './access/access-error.ts';
import { administer } from './config/administer.ts';
import { readCommandLine, type CommandLine } from './config/command-line.ts';
import { ConfigError } from './config/config-error.ts';
import { helpText } from './config/help.ts';
import { check, type CheckResult } from './config/check.ts';
import { checkFreeswitch } from './config/check-freeswitch.ts';
import { init } from './config/init.ts';
import { notifyOptions } from './config/notify-options.ts';
import { openPrompt } from './config/prompt.ts';
import { readConfig, type Config, type Environment } from './config/read.ts';
import { allLots, oneLot } from './config/one-lot.ts';
import { freeswitchSettings, relaySettings } from './config/relay-settings.ts';
import { runLots } from './config/run-lots.ts';
import { removeWebHooks, runRelay } from './config/run-relay.ts';
import { listenOptions, switchOptions } from './config/switch-options.ts';
import { DEFAULT_PATIENCE_MS, DEFAULT_SLOTS } from './defaults.ts';
import { startSwitch, SwitchError } from './index.ts';

/** Prints a line to stderr and ends the process with an exit code. */
function fail(message: string, code: number): never {
  process.stderr.write(`valet-park: ${message}\n`);
  process.exit(code);
}

/** Returns a sentence that says why the server could not start to listen. */
function listenProblem(error: unknown, given: number, host: string): string {
  const { code, message, port = given } = error as NodeJS.ErrnoException & { port?: number };
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

async function runSwitch(config: Config): Promise<void> {
  const notify = notifyOptions(config, process.env, null);
  const options = {
    ...switchOptions(config.values),
    ...(notify === null ? {} : { notify: notify.options }),
  };
  try {
    const pbx = await startSwitch(options);
    closeOnSignal(pbx);
    const { client } = pbx;
    const key =
      client === null
        ? `token: ${pbx.token}`
        : `client id: ${client.id}\nclient secret: ${client.secret}`;
    process.stdout.write(`valet-park listens at ${pbx.url}\n${key}\n${notify?.text ?? ''}`);
  } catch (error) {
    fail(listenProblem(error, options.port, options.host), 1);
  }
}

async function runAsRelay(config: Config): Promise<void> {
  const { port, host } = listenOptions(config.values);
  try {
    const { relay, text } = await runRelay(config, process.env);
    closeOnSignal(relay);
    process.stdout.write(text);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    fail(listenProblem(error, port, host), 1);
  }
}

async function runSeveral(read: () => Config): Promise<void> {
  const { port, host } = listenOptions(read().values);
  try {
    const lots = await runLots(read);
    closeOnSignal(lots);
    process.on('SIGHUP', () => void lots.reload());
    process.stdout.write(lots.text);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    fail(listenProblem(error, port, host), 1);
  }
}

/** True if the settings name one real switch. */
function isRelay({ values }: Config): boolean {
  return (values.upstream ?? values.freeswitch) !== undefined;
}

/** Checks one lot, or all of them one after the other. The first failure gives the exit code. */
async function runCheck(config: Config, lot: string | null): Promise<void> {
  if (config.lots === null && !isRelay(config)) throw new ConfigError(NO_SWITCH);
  const { env } = process;
  const lots = lot === null ? allLots(config, env) : [oneLot(config, lot, env)];
  for (const { name, config: own, environment } of lots) {
    if (name !== null) process.stdout.write(`Lot ${name}:\n`);
    const { code, lines } = await checkLot(own, environment);
    process.stdout.write(`${lines.join('\n')}\n`);
    if (code !== 0) process.exitCode ??= code;
  }
}

/** Checks the switch of one lot. */
function checkLot(config: Config, environment: Environment): Promise<CheckResult> {
  const { freeswitch, slots = DEFAULT_SLOTS, patience } = config.values;
  if (freeswitch === undefined) return check(relaySettings(config, environment));
  const patienceMs = patience === undefined ? DEFAULT_PATIENCE_MS : patience * 1_000;
  return checkFreeswitch({ ...freeswitchSettings(config, environment), slots, patienceMs });
}

async function runInit(file: string | undefined): Promise<void> {
  const prompt = openPrompt();
  try {
    if (!(await init(prompt, { file }))) process.exitCode = 1;
  } finally {
    prompt.close();
  }
}

async function execute({ command, flags, lot }: CommandLine): Promise<void> {
  // Help and init must work even if the configuration file is broken.
  const read = (): Config => readConfig(flags, process.env);
  switch (command.name) {
    case 'help':
      process.stdout.write(helpText());
      return;
    case 'init':
      return runInit(typeof flags['config'] === 'string' ? flags['config'] : undefined);
    case 'run': {
      const config = read();
      if (config.values.unsubscribe === true) {
        process.stdout.write(await removeWebHooks(oneLot(config, lot, process.env)));
        return;
      }
      if (config.lots !== null) return runSeveral(read);
      return isRelay(config) ? runAsRelay(config) : runSwitch(config);
    }
    case 'check':
      return runCheck(read(), lot);
    case 'pair':
    case 'token add':
    case 'token list':
    case 'token revoke':
    case 'forget':
      process.stdout.write(await administer(command, read(), lot));
  }
}

async function main(): Promise<void> {
  try {
    await execute(readCommandLine(process.argv.slice(2)));
  } catch (error) {
    if (error instanceof AccessError) fail(error.message, 1);
    if (error instanceof ConfigError || error instanceof SwitchError) {
      fail(`${error.message}\nTry: valet-park --help`, 2);
    }
    fail(error instanceof Error ? error.message : String(error), 1);
  }
}

const NO_SWITCH =
  '--check tries the settings of a relay: name the switch with --upstream https://pbx.example or ' +
  '--freeswitch 127.0.0.1:8021, or run valet-park init';

await main();
