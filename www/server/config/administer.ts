import { connectAdmin } from '../access/admin.ts';
import { LocalAdministration, type Administration } from '../access/administration.ts';
import { PanelTokens, type TokenInfo } from '../access/panel-tokens.ts';
import { FileTokenStore } from '../access/store.ts';
import { tokenFile } from '../relay/state.ts';
import type { Command } from './command-line.ts';
import { ConfigError } from './config-error.ts';
import { oneLot } from './one-lot.ts';
import type { Config } from './read.ts';
import { stateFolder } from './state-folder.ts';

/** A command about tokens. */
export type AdminCommand = Extract<
  Command,
  { name: 'pair' | 'token add' | 'token list' | 'token revoke' | 'forget' }
>;

/**
 * Executes a command about tokens. Returns the text to print.
 *
 * If a relay runs with the same state folder, the relay executes the command. Otherwise this process
 * changes the file of the tokens, unless the relay shares its tokens with other relays.
 *
 * @throws AccessError or ConfigError. The message says what would be right.
 */
export async function administer(
  command: AdminCommand,
  config: Config,
  lot: string | null = null,
): Promise<string> {
  const running = await connectAdmin(stateFolder(config), lot);
  // A lot can run with old settings while its new ones are wrong.
  if (running !== null && (lot !== null || config.lots === null)) return execute(command, running);
  const { state, config: own } = oneLot(config, lot, {});
  const { extensions = [] } = own.values;
  if (extensions.length === 0) throw new ConfigError(NO_RELAY);
  if (config.values.redis !== undefined && command.name !== 'token list') {
    throw new ConfigError(SHARED);
  }
  const tokens = new PanelTokens({ store: new FileTokenStore(tokenFile(state)) });
  try {
    return await execute(
      command,
      new LocalAdministration({ tokens, extensions, pairing: null, forget: null }),
    );
  } finally {
    tokens.close();
  }
}

async function execute(command: AdminCommand, to: Administration): Promise<string> {
  switch (command.name) {
    case 'pair': {
      const info = await to.pair(command.code, command.grant);
      return `${describe(info)} is paired. The panel shows the parking lot within a few seconds.\n`;
    }
    case 'token add': {
      const { token, info } = await to.addToken(command.grant);
      return `The token of ${describe(info)} follows. It is shown only now.\n${token}\n`;
    }
    case 'token list':
      return listOf(await to.listTokens());
    case 'forget': {
      const { removed } = await to.forget(command.number);
      return `${removed} ${removed === 1 ? 'call' : 'calls'} of this number removed from the journal.\n`;
    }
    case 'token revoke':
      return `${describe(await to.revokeToken(command.token))} is revoked. Its open feeds end now.\n`;
  }
}

function describe({ id, name, extensions }: TokenInfo): string {
  return `${name} (${id}, extensions: ${extensions === 'all' ? 'all' : extensions.join(', ')})`;
}

function listOf(tokens: readonly TokenInfo[]): string {
  if (tokens.length === 0) return 'There is no token yet.\n';
  const rows = tokens.map(({ id, name, extensions, may, usedAt, expiresAt }) => [
    id,
    name,
    extensions === 'all' ? 'all' : extensions.join(','),
    may.join(','),
    usedAt === null ? 'never' : dateOf(usedAt),
    expiresAt === null ? 'never' : dateOf(expiresAt),
  ]);
  const table = [['ID', 'NAME', 'EXTENSIONS', 'MAY', 'LAST USED', 'EXPIRES'], ...rows];
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  const lines = table.map((row) =>
    row.map((cell, at) => cell.padEnd(widths?.[at] ?? 0)).join('  '),
  );
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** Returns a time in UTC, for example `2026-06-15 12:30 UTC`. */
function dateOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const SHARED =
  'the relay is not running: start it first, because it shares its tokens with other relays in Redis';

const NO_RELAY =
  'no relay is set up here: run this in the folder of valet-park.toml, or name the file with --config; ' +
  'valet-park init writes the file';
