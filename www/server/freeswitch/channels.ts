import type { EngineEvent, EngineHeaders } from './protocol.ts';

/** A channel of FreeSWITCH: one leg of a call. */
export interface Channel {
  readonly uuid: string;
  /** Seen from the switch. `inbound`: the other end has called. `outbound`: the switch has called. */
  readonly direction: 'inbound' | 'outbound';
  /** The extension of the telephone at the other end. Null for a party outside. */
  readonly extension: string | null;
  /** The number and the name of the other end. Both are empty if they are not known. */
  readonly number: string;
  readonly name: string;
  readonly isAnswered: boolean;
  /** The channel that this one is connected with. */
  readonly partner: string | null;
  /** The channel that has placed this one. */
  readonly placedBy: string | null;
  /** The extension of the last telephone that this channel was connected with. */
  readonly lastExtension: string | null;
  /** The SIP Call-ID of the leg. */
  readonly sipCallId: string | null;
  /** The slot that the relay picks up from with this channel. */
  readonly pickUp: string | null;
  /** True for a silent channel with which the relay takes a call out of a slot. */
  readonly isUsher: boolean;
  /** When it began, and when it was answered, in µs since 1970. */
  readonly createdAtUs: number;
  readonly answeredAtUs: number | null;
}

/** A channel as the list of the engine shows it. */
export interface ListedChannel extends Channel {
  /** True if the channel is on hold in a lot. */
  readonly isInValet: boolean;
}

/** The channels that changed with an event. A channel that is null has ended. */
export type ChannelChanges = ReadonlyMap<string, Channel | null>;

/** The variable of a channel that picks up, with the number of the slot. */
export const PICK_UP_VARIABLE = 'valet_park_pick_up';
/** The variable of an usher. */
export const USHER_VARIABLE = 'valet_park_usher';

/** The events from which `Channels` learns. */
export const CHANNEL_EVENTS = [
  'CHANNEL_CREATE',
  'CHANNEL_PROGRESS',
  'CHANNEL_PROGRESS_MEDIA',
  'CHANNEL_ANSWER',
  'CHANNEL_BRIDGE',
  'CHANNEL_UNBRIDGE',
  'CHANNEL_HANGUP',
  'CHANNEL_DESTROY',
] as const;

/** The channels that are up, as events tell of them. */
export class Channels {
  /** The domain of the extensions. Undefined: telephones of every domain are extensions. */
  readonly domain: string | undefined;
  readonly #channels = new Map<string, Channel>();

  constructor(domain?: string) {
    this.domain = domain;
  }

  get(uuid: string): Channel | undefined {
    return this.#channels.get(uuid);
  }

  all(): Channel[] {
    return [...this.#channels.values()];
  }

  /** Takes in an event. Other events than those of `CHANNEL_EVENTS` change nothing. */
  apply({ name, headers }: EngineEvent): ChannelChanges {
    const changes = new Map<string, Channel | null>();
    const { 'Unique-ID': uuid = '' } = headers;
    switch (name) {
      case 'CHANNEL_CREATE':
      case 'CHANNEL_ANSWER': {
        if (uuid === '') break;
        const known = this.#channels.get(uuid) ?? readChannel(headers, this.domain);
        const isAnswered = known.isAnswered || name === 'CHANNEL_ANSWER';
        const answeredAtUs = known.answeredAtUs ?? (isAnswered ? timeOf(headers) : null);
        this.#put({ ...withSipCallId(known, headers), isAnswered, answeredAtUs }, changes);
        break;
      }
      case 'CHANNEL_PROGRESS':
      case 'CHANNEL_PROGRESS_MEDIA': {
        const known = this.#channels.get(uuid);
        if (known === undefined || known.sipCallId !== null) break;
        this.#put(withSipCallId(known, headers), changes);
        break;
      }
      case 'CHANNEL_BRIDGE': {
        const { 'Bridge-A-Unique-ID': one = uuid, 'Bridge-B-Unique-ID': other } = headers;
        this.#join(one, other ?? headers['Other-Leg-Unique-ID'] ?? '', changes);
        break;
      }
      case 'CHANNEL_UNBRIDGE': {
        // The event may come late, when the channel is connected with another one.
        const { 'Bridge-A-Unique-ID': one = uuid, 'Bridge-B-Unique-ID': other } = headers;
        if (this.#channels.get(one)?.partner === other) this.#part(one, changes);
        break;
      }
      case 'CHANNEL_HANGUP':
      case 'CHANNEL_DESTROY':
        this.#part(uuid, changes);
        if (this.#channels.delete(uuid)) changes.set(uuid, null);
        break;
      default: // An event that says nothing about channels.
    }
    return changes;
  }

  /**
   * Replaces all channels by those of a list, for example after events were missed. The channels for
   * which `isRecent` returns true stay as they are.
   */
  replace(
    list: readonly Channel[],
    isRecent: (uuid: string) => boolean = () => false,
  ): ChannelChanges {
    const listed = new Map(list.map((channel) => [channel.uuid, channel]));
    const changes = new Map<string, Channel | null>();
    for (const uuid of [...this.#channels.keys()]) {
      if (listed.has(uuid) || isRecent(uuid)) continue;
      this.#channels.delete(uuid);
      changes.set(uuid, null);
    }
    for (const channel of list) {
      if (isRecent(channel.uuid)) continue;
      const known = this.#channels.get(channel.uuid);
      const { isAnswered, partner } = channel;
      // Events say more than the list.
      const better = known === undefined ? channel : { ...known, isAnswered, partner };
      this.#put(withLastExtension(better, listed.get(partner ?? '')), changes);
    }
    return changes;
  }

  #join(one: string, other: string, changes: Map<string, Channel | null>): void {
    for (const uuid of [one, other]) this.#part(uuid, changes);
    const [first, second] = [this.#channels.get(one), this.#channels.get(other)];
    if (first === undefined || second === undefined) return;
    this.#put(withLastExtension({ ...first, partner: other }, second), changes);
    this.#put(withLastExtension({ ...second, partner: one }, first), changes);
  }

  #part(uuid: string, changes: Map<string, Channel | null>): void {
    const channel = this.#channels.get(uuid);
    if (channel?.partner == null) return;
    const partner = this.#channels.get(channel.partner);
    this.#put({ ...channel, partner: null }, changes);
    if (partner?.partner === uuid) this.#put({ ...partner, partner: null }, changes);
  }

  #put(channel: Channel, changes: Map<string, Channel | null>): void {
    this.#channels.set(channel.uuid, channel);
    changes.set(channel.uuid, channel);
  }
}

/**
 * Reads the output of `show channels as json`. `domain` is that of the extensions.
 *
 * @throws SyntaxError if the output is no JSON.
 */
export function readChannelList(output: string, domain?: string): ListedChannel[] {
  // Every value is a text.
  const list = JSON.parse(output) as { readonly rows?: readonly Record<string, string>[] };
  const rows = list.rows ?? [];
  const partners = partnersIn(rows);
  return rows.map((row) => {
    const { uuid = '', direction = '', created_epoch: created = '0', callstate = '' } = row;
    const partner = partners.get(uuid) ?? null;
    const isAnswered = callstate === 'ACTIVE' || callstate === 'HELD';
    const createdAtUs = Number(created) * 1_000_000;
    const isInbound = direction === 'inbound';
    const extension = extensionIn(row['presence_id'], domain);
    return {
      uuid,
      direction: isInbound ? ('inbound' as const) : ('outbound' as const),
      extension,
      number: (isInbound ? row['cid_num'] : (extension ?? row['dest'])) ?? '',
      name: nameIn(isInbound ? row['cid_name'] : row['callee_name']),
      isAnswered,
      partner: isAnswered ? partner : null,
      placedBy: isInbound ? null : partner,
      ...{ lastExtension: null, sipCallId: null, pickUp: null },
      isUsher: row['name'] === USHER_NAME,
      isInValet: row['application'] === 'valet_park',
      createdAtUs,
      answeredAtUs: isAnswered ? createdAtUs : null,
    };
  });
}

/** The name of the channel of an usher. */
export const USHER_NAME = 'null/valet-park';

/** The two legs of a call have the same `call_uuid`. */
function partnersIn(rows: readonly Readonly<Record<string, string>>[]): Map<string, string> {
  const calls = new Map<string, string[]>();
  for (const { uuid = '', call_uuid: call } of rows) {
    const name = call === undefined || call === '' ? uuid : call;
    calls.set(name, [...(calls.get(name) ?? []), uuid]);
  }
  const pairs = [...calls.values()].filter(({ length }) => length === 2);
  return new Map(
    pairs.flatMap(([one = '', other = '']): [string, string][] => [
      [one, other],
      [other, one],
    ]),
  );
}

function readChannel(headers: EngineHeaders, domain: string | undefined): Channel {
  const isInbound = headers['Call-Direction'] === 'inbound';
  const pickUp = headers[`variable_${PICK_UP_VARIABLE}`] ?? null;
  // The name of a channel that picks up is what its telephone shows.
  const shows = isInbound || pickUp !== null ? 'Caller-Caller-ID-Name' : 'Caller-Callee-ID-Name';
  const [user, at] = isInbound ? ['user_name', 'domain_name'] : ['dialed_user', 'dialed_domain'];
  const isPlaced = headers['Other-Type'] === 'originator';
  const destination = headers['Caller-Destination-Number'];
  const extension =
    extensionOf(headers[`variable_${user}`], headers[`variable_${at}`], domain) ??
    extensionIn(headers['Channel-Presence-ID'], domain);
  return {
    uuid: headers['Unique-ID'] ?? '',
    direction: isInbound ? 'inbound' : 'outbound',
    extension,
    // A telephone in a browser is called at a random name. `extension` is its number.
    number: (isInbound ? headers['Caller-Caller-ID-Number'] : (extension ?? destination)) ?? '',
    name: nameIn(headers[shows]),
    isAnswered: headers['Answer-State'] === 'answered',
    partner: null,
    placedBy: (isPlaced ? headers['Other-Leg-Unique-ID'] : undefined) ?? null,
    lastExtension: null,
    sipCallId: headers['variable_sip_call_id'] ?? null,
    pickUp,
    isUsher: headers[`variable_${USHER_VARIABLE}`] !== undefined,
    createdAtUs: timeOf(headers),
    answeredAtUs: null,
  };
}

/** The engine names the SIP Call-ID of a leg when it has sent the INVITE, not when it creates the leg. */
function withSipCallId(channel: Channel, headers: EngineHeaders): Channel {
  return { ...channel, sipCallId: channel.sipCallId ?? headers['variable_sip_call_id'] ?? null };
}

function withLastExtension(channel: Channel, partner: Channel | undefined): Channel {
  return { ...channel, lastExtension: partner?.extension ?? channel.lastExtension };
}

/** Returns the time of an event, in µs since 1970. */
export function timeOf(headers: EngineHeaders): number {
  return Number(headers['Event-Date-Timestamp'] ?? '0') || 0;
}

/** Returns a name. FreeSWITCH calls a party without a name `Outbound Call`. */
function nameIn(text: string | undefined): string {
  return text === undefined || text === 'Outbound Call' ? '' : text;
}

/** Returns the extension in `1001@pbx.example`. Null for a telephone of another domain. */
function extensionIn(presence: string | undefined, domain: string | undefined): string | null {
  const [user, at] = presence?.split('@') ?? [];
  return extensionOf(user, at, domain);
}

function extensionOf(
  user: string | undefined,
  at: string | undefined,
  domain: string | undefined,
): string | null {
  if (user === undefined || !/^\d{1,15}$/.test(user)) return null;
  if (domain === undefined || at === undefined) return user;
  return at.toLowerCase() === domain.toLowerCase() ? user : null;
}
