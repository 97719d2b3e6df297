import { type Channel, type Channels, readChannelList } from './channels.ts';
import {
  PARKED_AT_VARIABLE,
  PARKED_BY_VARIABLE,
  readValetInfo,
  type ValetInfoRow,
} from './stalls.ts';

/** A row of the lot whose call is up, and what its variables say. */
export interface LivingRow extends ValetInfoRow {
  /** The extension that parked the call. */
  readonly parkedBy: string | null;
  /** When the call was parked, in ms since 1970. */
  readonly since: number | null;
}

/** The channels and the rows in the lists of the engine. */
export interface Inventory {
  readonly channels: readonly Channel[];
  readonly rows: readonly LivingRow[];
  /** The calls on hold that are in no row. */
  readonly lost: readonly string[];
}

/**
 * Reads the lists of the engine. `known` are the channels that are known from events.
 *
 * The engine writes its list of channels late. So each difference is checked. Rejects as `api` does.
 */
export async function readInventory(
  api: (command: string) => Promise<string>,
  lot: string,
  known: Channels,
): Promise<Inventory> {
  const output = await api('show channels as json');
  const info = readValetInfo(await api(`valet_info ${lot}`)).filter((row) => row.lot === lot);
  const listed = new Map(
    readChannelList(output, known.domain).map((channel) => [channel.uuid, channel]),
  );
  const doubtful = new Set([...listed.keys(), ...info.map(({ uuid }) => uuid)]);
  for (const { uuid } of known.all()) {
    if (listed.has(uuid)) doubtful.delete(uuid);
    else doubtful.add(uuid);
  }
  const answers = await Promise.all(
    [...doubtful].map(
      async (uuid) => [uuid, (await api(`uuid_exists ${uuid}`)) === 'true'] as const,
    ),
  );
  const checked = new Map(answers);
  const isUp = (uuid: string) => checked.get(uuid) ?? true;
  const kept = known.all().filter(({ uuid }) => !listed.has(uuid) && isUp(uuid));
  const rows = info.filter(({ uuid }) => isUp(uuid));
  const inRows = new Set(info.map(({ uuid }) => uuid));
  const onHold = [...listed.values()].filter(({ isInValet, uuid }) => isInValet && isUp(uuid));
  return {
    channels: [...[...listed.values()].filter(({ uuid }) => isUp(uuid)), ...kept],
    rows: await Promise.all(rows.map((row) => describeRow(api, row))),
    lost: onHold.map(({ uuid }) => uuid).filter((uuid) => !inRows.has(uuid)),
  };
}

async function describeRow(
  api: (command: string) => Promise<string>,
  row: ValetInfoRow,
): Promise<LivingRow> {
  const names = [PARKED_BY_VARIABLE, PARKED_AT_VARIABLE];
  const [by, at] = await Promise.all(
    // The call may end meanwhile.
    names.map((name) => api(`uuid_getvar ${row.uuid} ${name}`).catch(() => UNDEFINED)),
  );
  return {
    ...row,
    parkedBy: by === undefined || by === UNDEFINED ? null : by,
    since: at !== undefined && /^\d+$/.test(at) ? Number(at) : null,
  };
}

/** The value of a variable that does not exist. */
const UNDEFINED = '_undef_';
