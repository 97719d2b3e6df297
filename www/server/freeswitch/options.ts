import { isIP } from 'node:net';
import { SLOT_NAMES, SLOT_NAMES_RIGHT } from './slot-names.ts';

/** A lot on a FreeSWITCH, and how its event socket is reached. */
export interface FreeswitchOptions {
  /** The address of the event socket. Default `127.0.0.1`. */
  readonly host?: string;
  /** The port of the event socket. Default 8021. */
  readonly port?: number;
  /** The password of the event socket. The factory password `ClueCon` is allowed on this machine only. */
  readonly password: string;
  /** The name of the lot, as in the dialplan: `valet_lot` in `valet_park valet_lot 5`. */
  readonly lot: string;
  /** The context in which the extensions are dialled. Default `default`. */
  readonly context?: string;
  /** The domain of the extensions, as in `1001@pbx.example`. Default: the variable `domain` of FreeSWITCH. */
  readonly domain?: string;
  /**
   * The names of the slots, where `#` stands for the number: `60##` is 6001 for slot 1. Default `#`: a slot
   * is named by its number.
   */
  readonly slotNames?: string;
  /** How long a telephone rings for a pick-up, in ms: 1,000 to 60,000. Default 15,000. */
  readonly ringMs?: number;
  /** How long the connection, and each answer, may take, in ms. Default 3,000. */
  readonly timeoutMs?: number;
  /** How often an idle connection is tried, in ms. Default 5,000. */
  readonly probeMs?: number;
}

/** The password that FreeSWITCH has when it is installed. Everyone knows it. */
export const FACTORY_PASSWORD = 'ClueCon';
/** The port of the event socket of FreeSWITCH when it is installed. */
export const DEFAULT_PORT = 8_021;
export const DEFAULT_CONTEXT = 'default';

/** A name of a lot, of a context or of a domain. Other characters mean something in a command. */
export const ENGINE_NAME = /^[A-Za-z\d][\w.@+-]{0,99}$/;

/** Describes a right name. Completes the sentence `the lot is …`. */
export const ENGINE_NAME_RIGHT =
  'up to 100 letters, digits and . _ @ + -, as valet_lot@pbx.example';

/** Reads an address such as `127.0.0.1:8021`. The port may be missing. Returns null for a wrong one. */
export function readEngineAddress(text: string): { host: string; port: number } | null {
  const [, six, other, digits = String(DEFAULT_PORT)] =
    /^(?:\[([\da-f:.]+)\]|([A-Za-z\d][\w.-]*))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = six ?? other;
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535) return null;
  return six !== undefined && isIP(six) !== 6 ? null : { host, port };
}

/** Writes an address, as `127.0.0.1:8021`. */
export function writeEngineAddress({
  host = '127.0.0.1',
  port,
}: Partial<FreeswitchOptions>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port ?? DEFAULT_PORT}`;
}

/** True for an address of this machine. */
export function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}

/** @throws RangeError for a wrong option. The message says what would be right. */
export function checkFreeswitchOptions(options: FreeswitchOptions): void {
  const { host = '127.0.0.1', port = DEFAULT_PORT, password, lot, ringMs = 15_000 } = options;
  const { context = DEFAULT_CONTEXT, domain = 'pbx.example', slotNames = '#' } = options;
  if (readEngineAddress(writeEngineAddress({ host, port })) === null) {
    throw new RangeError(
      `the address of FreeSWITCH is a host and a port, as 127.0.0.1 and 8021, not \`${host}\` and ${port}`,
    );
  }
  for (const [name, value] of Object.entries({ lot, context, domain })) {
    if (ENGINE_NAME.test(value)) continue;
    throw new RangeError(`the ${name} on FreeSWITCH is ${ENGINE_NAME_RIGHT}, not \`${value}\``);
  }
  if (!/^[ -~]{1,512}$/.test(password)) {
    throw new RangeError('the password of FreeSWITCH is 1 to 512 ASCII characters');
  }
  if (password === FACTORY_PASSWORD && !isThisMachine(host)) throw new RangeError(KNOWN_PASSWORD);
  if (!SLOT_NAMES.test(slotNames)) {
    throw new RangeError(`\`slotNames\` is ${SLOT_NAMES_RIGHT}, not \`${slotNames}\``);
  }
  if (!(ringMs >= 1_000 && ringMs <= 60_000)) {
    throw new RangeError(`\`ringMs\` is a number from 1,000 to 60,000, not ${ringMs}`);
  }
}

/** Why the factory password is refused. */
export const KNOWN_PASSWORD =
  'FreeSWITCH on another machine must not have the factory password, which everyone knows: set another ' +
  'one in event_socket.conf.xml, because the event socket controls all calls';
