import { Connection } from '../freeswitch/connection.ts';
import { EngineError } from '../freeswitch/engine-error.ts';
import {
  DEFAULT_CONTEXT,
  DEFAULT_PORT,
  FACTORY_PASSWORD,
  type FreeswitchOptions,
  writeEngineAddress,
} from '../freeswitch/options.ts';
import { SlotNames } from '../freeswitch/slot-names.ts';
import { readValetInfo } from '../freeswitch/stalls.ts';
import type { CheckResult } from './check.ts';
import { featureCodes } from './feature-codes.ts';

/** The settings of one lot on FreeSWITCH, which are checked. */
export interface FreeswitchCheck {
  readonly freeswitch: FreeswitchOptions;
  readonly extensions: readonly string[];
  readonly slots: number;
  readonly patienceMs: number;
}

/** A part of a check: lines for the administrator, and whether something is missing. */
interface Finding {
  readonly lines: readonly string[];
  readonly isMissing: boolean;
}

/** Executes a command. Resolves to its output, also if the output is an error. */
type Ask = (command: string) => Promise<string>;

/**
 * Tries the settings of a lot on FreeSWITCH, and says what is missing there. Nothing changes on
 * FreeSWITCH. Never rejects.
 */
export async function checkFreeswitch(wanted: FreeswitchCheck): Promise<CheckResult> {
  const { host = '127.0.0.1', port = DEFAULT_PORT } = wanted.freeswitch;
  let connection: Connection | null = null;
  try {
    connection = await Connection.open({ ...wanted.freeswitch, host, port });
    return await examine(connection, wanted);
  } catch (error) {
    return { code: 1, lines: [`Failed: ${problemOf(error)}`] };
  } finally {
    connection?.close();
  }
}

async function examine(connection: Connection, wanted: FreeswitchCheck): Promise<CheckResult> {
  const ask: Ask = async (command) => {
    try {
      return await connection.api(command);
    } catch (error) {
      if (error instanceof EngineError && error.code === 'failed') return error.message;
      throw error;
    }
  };
  const version = await ask('version');
  const [name = ''] = /^FreeSWITCH \S+ \S+/.exec(version) ?? ['FreeSWITCH'];
  const lines = [`${name} answers at ${writeEngineAddress(wanted.freeswitch)}.`];
  if (wanted.freeswitch.password === FACTORY_PASSWORD) lines.push(FACTORY_LINE);
  const modules = await checkModules(ask);
  const findings = [await checkCommands(ask), modules];
  // Without its module, the lot is not known to FreeSWITCH.
  if (!modules.isMissing) findings.push(await checkLot(ask, wanted));
  const domain = wanted.freeswitch.domain ?? valueOf(await ask('global_getvar domain'));
  findings.push(await checkExtensions(ask, wanted, domain));
  findings.push(await checkDialplan(ask, wanted, domain));
  lines.push(...findings.flatMap((finding) => finding.lines));
  return { code: findings.some(({ isMissing }) => isMissing) ? 1 : 0, lines };
}

/** Tries the commands of the relay with a call that does not exist, so that they change nothing. */
async function checkCommands(ask: Ask): Promise<Finding> {
  const refused: string[] = [];
  let reason = '';
  for (const command of COMMANDS) {
    const output = await ask(command);
    if (!/permission denied|Command not found/i.test(output)) continue;
    refused.push(command.split(' ')[0] ?? '');
    reason = output.replace(/^-ERR /, '');
  }
  if (refused.length === 0) return { lines: [], isMissing: false };
  const line = `Missing: FreeSWITCH does not execute ${refused.join(', ')} (${reason}).`;
  return { lines: [line], isMissing: true };
}

async function checkModules(ask: Ask): Promise<Finding> {
  const lines: string[] = [];
  for (const [module, use] of Object.entries(MODULES)) {
    if ((await ask(`module_exists ${module}`)) === 'true') continue;
    lines.push(
      `Missing: ${module} is not loaded, which ${use}. Run load ${module} in fs_cli, and name it in ` +
        'modules.conf.xml.',
    );
  }
  if (lines.length > 0) return { lines, isMissing: true };
  return { lines: ['Modules: all that the relay needs are loaded.'], isMissing: false };
}

/** Says who waits in the lot. FreeSWITCH creates a lot when the first call is parked. */
async function checkLot(ask: Ask, { freeswitch, slots }: FreeswitchCheck): Promise<Finding> {
  const { lot } = freeswitch;
  const output = await ask('valet_info');
  const known = [...output.matchAll(/^ {2}<lot name="(.*)">$/gm)].map(([, name = '']) => name);
  if (!known.includes(lot)) {
    const others = known.length === 0 ? '' : ` It knows ${known.slice(0, 5).join(', ')}.`;
    const line = `Lot ${lot}: FreeSWITCH creates it when the first call is parked.${others}`;
    return { lines: [line], isMissing: false };
  }
  const names = new SlotNames(freeswitch.slotNames);
  const rows = readValetInfo(output).filter((row) => row.lot === lot);
  const strange = rows
    .map(({ slot }) => slot)
    .filter((slot) => {
      const number = names.slotOf(slot);
      return number === null || number > slots;
    });
  const lines = [`Lot ${lot}: ${countOf(rows.length - strange.length)} in slots 1 to ${slots}.`];
  if (strange.length > 0) {
    lines.push(
      `Missing: panels do not show the slots ${strange.slice(0, 5).join(', ')}, in which calls wait. Slot 1 ` +
        `is named ${names.nameOf(1)}: set slot-names and slots as the dialplan names them.`,
    );
  }
  return { lines, isMissing: strange.length > 0 };
}

async function checkExtensions(
  ask: Ask,
  { extensions }: FreeswitchCheck,
  domain: string,
): Promise<Finding> {
  if (domain === '') {
    const line =
      'Missing: the domain of the extensions, because the variable domain of FreeSWITCH is empty. Set ' +
      'domain to what follows the @ of an extension.';
    return { lines: [line], isMissing: true };
  }
  const lines: string[] = [];
  let isMissing = false;
  for (const extension of extensions) {
    const address = `${extension}@${domain}`;
    const isKnown = await ask(`user_exists id ${extension} ${domain}`);
    const contact = await ask(`sofia_contact */${address}`);
    if (isKnown === 'false') {
      isMissing = true;
      lines.push(
        `Missing: extension ${extension}, because FreeSWITCH has no user ${address}. Compare extensions ` +
          'and domain with the directory.',
      );
    } else if (contact.startsWith('sofia/')) {
      lines.push(`Extension ${extension}: a telephone is registered.`);
    } else {
      lines.push(`Extension ${extension}: no telephone is registered now, so it cannot pick up.`);
    }
  }
  return { lines, isMissing };
}

/** Says whether telephones can park in the lot by a feature code. */
async function checkDialplan(
  ask: Ask,
  { freeswitch, slots, patienceMs }: FreeswitchCheck,
  domain: string,
): Promise<Finding> {
  const { lot, context = DEFAULT_CONTEXT } = freeswitch;
  const dialplan = await ask(`xml_locate dialplan context name ${context}`);
  const isFound = dialplan.startsWith('<context');
  const named = dialplan.replaceAll('${domain_name}', domain).replaceAll('${domain}', domain);
  if (named.includes(`application="valet_park" data="${lot} `)) {
    return { lines: ['Feature codes: the dialplan parks in this lot, too.'], isMissing: false };
  }
  const where = isFound
    ? `the context ${context} of the dialplan does not name this lot`
    : `no file of the dialplan has the context ${context}, to which calls return. A program may make ` +
      'it, as in FusionPBX. Otherwise set context';
  return {
    lines: [
      `Feature codes: ${where}. To park and fetch by telephone, too, add this, and run reloadxml in fs_cli:`,
      '',
      featureCodes({ lot, context, slots, patienceMs, slotNames: freeswitch.slotNames }),
    ],
    isMissing: false,
  };
}

function problemOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof EngineError)) return `${message}.`;
  if (error.code === 'refused' && message.includes('password')) {
    return `${message}. Compare the file of freeswitch-password-file with the password in event_socket.conf.xml.`;
  }
  if (error.code !== 'unreachable') return `${message}.`;
  return `${message}. Is FreeSWITCH running, and are these its listen-ip and listen-port in event_socket.conf.xml?`;
}

/** Returns the value in the output of `global_getvar`. Returns an empty text if the output is an error. */
function valueOf(output: string): string {
  return output.startsWith('-') ? '' : output;
}

function countOf(calls: number): string {
  if (calls === 0) return 'no call waits';
  return calls === 1 ? '1 call waits' : `${calls} calls wait`;
}

const FACTORY_LINE =
  'Password: the factory one, with which each program on this machine can control all calls. Set another ' +
  'one in event_socket.conf.xml.';

/** The commands of the relay. No call has this UUID. */
const NO_CALL = '00000000-0000-4000-8000-000000000000';
const COMMANDS = [
  'echo valet-park',
  'valet_info',
  'show channels as json',
  `uuid_exists ${NO_CALL}`,
  `uuid_getvar ${NO_CALL} uuid`,
  `uuid_transfer ${NO_CALL} 0`,
  `uuid_bridge ${NO_CALL} ${NO_CALL}`,
  `uuid_kill ${NO_CALL}`,
  'originate',
];

/** The modules that the relay needs. Completes the sentence `the module …`. */
const MODULES = {
  mod_valet_parking: 'parks calls',
  mod_loopback: 'lets the relay take a call out of a slot',
  mod_dptools: 'sends calls to slots and rings telephones',
  mod_dialplan_xml: 'returns calls to their extensions',
  mod_sofia: 'connects the telephones',
};
