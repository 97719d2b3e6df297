import { ValetModule } from '../../../www/server/exchange/freeswitch/valet-module.ts';
import type { WakeIn } from '../../../www/server/relay/timers.ts';
import { type Channel, headersOf, splitList } from './stand-in-channel.ts';
import type { FiredEvent } from './stand-in-socket.ts';

/** What a stand-in needs from its surroundings. */
export interface EngineHost {
  /** Returns the time in ms. */
  now(): number;
  readonly wakeIn: WakeIn;
  /** Returns a number from 0 to 1. */
  random(): number;
  fire(event: FiredEvent): void;
}

/** The properties of a new channel. */
export type NewChannel = Partial<
  Pick<
    Channel,
    'uuid' | 'channelName' | 'presence' | 'name' | 'destination' | 'other' | 'variables'
  >
> &
  Pick<Channel, 'direction' | 'number'>;

/**
 * The calls of a FreeSWITCH, and its valet parking, with the delays and the order of events of a real
 * one.
 *
 * A channel is handled once per packet of speech, which is 20 ms long. So a channel that is told to leave
 * a slot does so up to 20 ms later. Until then the tables of the lot are out of date.
 */
export class StandInEngine {
  readonly valet = new ValetModule();
  readonly channels = new Map<string, Channel>();
  readonly #host: EngineHost;

  constructor(host: EngineHost) {
    this.#host = host;
  }

  get now(): number {
    return this.#host.now();
  }

  create(wanted: NewChannel): Channel {
    const { uuid = crypto.randomUUID(), presence = null, destination = '', other = null } = wanted;
    const endpoint = presence === null ? `gateway/${wanted.number}` : `internal/${presence}`;
    const channel: Channel = {
      ...{ uuid, presence, destination, other },
      channelName: wanted.channelName ?? `sofia/${endpoint}`,
      ...{ direction: wanted.direction, number: wanted.number, name: wanted.name ?? wanted.number },
      ...{ isAnswered: false, isUp: true, cause: '', partner: null, stay: null, turn: 0 },
      call: other?.channel.uuid ?? uuid,
      createdAt: this.now,
      variables: wanted.variables ?? new Map(),
    };
    this.channels.set(uuid, channel);
    this.#tell('CHANNEL_CREATE', channel);
    if (isCalled(channel)) this.#host.wakeIn(PROGRESS_MS, () => this.#progress(channel));
    return channel;
  }

  answer(channel: Channel): void {
    if (!channel.isUp || channel.isAnswered) return;
    if (isCalled(channel)) nameDialog(channel);
    channel.isAnswered = true;
    this.#tell('CHANNEL_ANSWER', channel);
  }

  /** A telephone says that it rings. */
  #progress(channel: Channel): void {
    if (!channel.isUp || channel.isAnswered) return;
    nameDialog(channel);
    this.#tell('CHANNEL_PROGRESS', channel);
  }

  /** Connects two channels that have just been answered, without a delay. */
  connect(one: Channel, other: Channel): void {
    one.partner = other;
    other.partner = one;
    for (const channel of [one, other]) channel.call = one.uuid;
    this.#tell('CHANNEL_BRIDGE', one, {
      'Bridge-A-Unique-ID': one.uuid,
      'Bridge-B-Unique-ID': other.uuid,
    });
  }

  hangup(channel: Channel, cause = 'NORMAL_CLEARING'): void {
    if (!channel.isUp) return;
    channel.isUp = false;
    channel.cause = cause;
    channel.turn += 1;
    this.#tell('CHANNEL_HANGUP', channel);
    const { partner, other } = channel;
    this.#letGo(channel);
    // A leg that still rings ends with the channel that has placed it.
    const ringing = [...this.channels.values()].filter(
      (one) => !one.isAnswered && one.other?.type === 'originator' && one.other.channel === channel,
    );
    const rest = other?.type === 'originator' && partner === null && !channel.isAnswered;
    if (partner !== null) this.#endLater(partner);
    this.#inFrame(() => {
      for (const one of ringing) this.hangup(one);
      if (rest && other.channel.stay === null) this.hangup(other.channel);
      this.#exit(channel);
      this.#tell('CHANNEL_HANGUP_COMPLETE', channel);
      this.channels.delete(channel.uuid);
      this.#tell('CHANNEL_DESTROY', channel);
    });
  }

  /** Sends a channel to applications (`inline`) or to a number (`XML`). */
  transfer(channel: Channel, destination: string, dialplan: string, context: string): void {
    const { partner } = channel;
    this.#letGo(channel);
    channel.destination = destination;
    const target = `${destination}/${context}/${dialplan}`;
    this.#remember(channel, `bl_xfer:${target}`);
    if (partner !== null) this.hangup(partner, 'BLIND_TRANSFER');
    this.#later(channel, () => {
      if (dialplan === 'inline') this.execute(channel, splitList(destination));
      else this.#dial(channel, destination);
    });
  }

  /** Executes applications, as `set:a=b` and `valet_park:lot 5`. */
  execute(channel: Channel, applications: readonly string[]): void {
    for (const application of applications) {
      const colon = application.indexOf(':');
      const name = colon < 0 ? application : application.slice(0, colon);
      const data = colon < 0 ? '' : application.slice(colon + 1);
      const equals = data.indexOf('=');
      if (name === 'set') channel.variables.set(data.slice(0, equals), data.slice(equals + 1));
      else if (name === 'park') return this.#tell('CHANNEL_PARK', channel);
      else if (name === 'valet_park' && this.#park(channel, data)) return;
    }
    this.hangup(channel); // The dialplan is at its end.
  }

  /** Connects two channels. Each one leaves what it does. Returns false if one of them is not up. */
  bridge(one: Channel | undefined, other: Channel | undefined): boolean {
    if (!one?.isUp || !other?.isUp) return false;
    for (const [channel, peer] of [
      [one, other],
      [other, one],
    ] as const) {
      const { partner } = channel;
      this.#letGo(channel);
      this.#remember(channel, `uuid_br:${peer.uuid}`);
      channel.variables.set('bridge_uuid', peer.uuid);
      if (partner !== null && partner !== peer) this.#endLater(partner);
    }
    const turns = [one.turn, other.turn];
    let waits = 2;
    const ready = () => {
      waits -= 1;
      if (waits === 0) this.#host.wakeIn(FRAME_MS, () => this.#join(one, other, turns));
    };
    for (const channel of [one, other]) {
      this.#inFrame(() => {
        this.#exit(channel);
        ready();
      });
    }
    return true;
  }

  /** The second half of a bridge, when both channels have left what they did. */
  #join(one: Channel, other: Channel, [turn, otherTurn]: readonly number[]): void {
    const isThere = one.isUp && one.turn === turn;
    const isOtherThere = other.isUp && other.turn === otherTurn;
    if (isThere && isOtherThere) return this.connect(one, other);
    // The first channel connects the two. The second one waits for it, also if the first one has ended.
    if (isThere) this.hangup(one, 'DESTINATION_OUT_OF_ORDER');
  }

  /** Calls a telephone on behalf of a channel. */
  #dial(channel: Channel, number: string): void {
    const presence = `${number}@pbx.example`;
    const { name } = channel;
    const other = { type: 'originator', channel } as const;
    this.create({
      ...{ direction: 'outbound', presence, number: channel.number, name, other },
      destination: number,
      variables: new Map([['dialed_user', number]]),
    });
  }

  /** The application `valet_park`. Returns false if it returns at once. */
  #park(channel: Channel, data: string): boolean {
    const [lot = '', slot = '', direction, min, max] = data.split(' ');
    if (slot === '') return false;
    const { uuid } = channel;
    const isUp = (one: string) => this.channels.get(one)?.isUp === true;
    const entry =
      slot === 'auto' && direction === 'in'
        ? this.valet.enterFree({ lot, min: Number(min), max: Number(max), uuid }, this.now)
        : this.valet.enter({ lot, slot, uuid }, this.now, isUp);
    if (entry.kind === 'none') return false;
    const place = { 'Valet-Lot-Name': lot, 'Valet-Extension': entry.row.slot };
    if (entry.kind === 'connected') {
      const waiter = this.channels.get(entry.waiter);
      if (waiter === undefined) return false;
      this.#tellValet('bridge', waiter, { ...place, 'Bridge-To-UUID': uuid });
      this.bridge(waiter, channel);
      return true;
    }
    channel.stay = { lot, slot: entry.row.slot, row: entry.row };
    this.#tellValet('hold', channel, place);
    channel.variables.set('valet_lot_extension', entry.row.slot);
    this.#returnLater(channel);
    return true;
  }

  #returnLater(channel: Channel): void {
    const { variables, turn } = channel;
    const exten = variables.get('valet_parking_orbit_exten');
    const asked = Math.trunc(Number(variables.get('valet_parking_timeout') ?? '0'));
    const seconds = asked > 0 ? asked : exten === undefined ? 0 : 60;
    if (!(seconds > 0)) return;
    this.#host.wakeIn(seconds * 1_000, () => {
      if (channel.turn === turn) this.endPatience(channel);
    });
  }

  /** The patience of a call in a slot is over: it goes to its orbit, or ends. */
  endPatience(channel: Channel): void {
    if (!channel.isUp || channel.stay === null) return;
    const { variables } = channel;
    const exten = variables.get('valet_parking_orbit_exten');
    if (exten === undefined) {
      this.#exit(channel);
      return this.hangup(channel);
    }
    const dialplan = variables.get('valet_parking_orbit_dialplan') ?? 'XML';
    const context = variables.get('valet_parking_orbit_context') ?? 'default';
    channel.destination = exten;
    this.#remember(channel, `bl_xfer:${exten}/${context}/${dialplan}`);
    this.#exit(channel);
    channel.turn += 1;
    if (dialplan === 'inline') this.execute(channel, splitList(exten));
    else this.#dial(channel, exten);
  }

  /** The channel leaves its slot, if it is in one. */
  #exit(channel: Channel): void {
    const { stay } = channel;
    if (stay === null) return;
    channel.stay = null;
    this.valet.leave(stay.row);
    this.#tellValet('exit', channel, {
      'Valet-Lot-Name': stay.lot,
      'Valet-Extension': stay.slot,
    });
  }

  /** Unties a channel from its partner. */
  #letGo(channel: Channel): void {
    const { partner } = channel;
    channel.turn += 1;
    channel.partner = null;
    if (partner?.partner !== channel) return;
    partner.partner = null;
    const pair = { 'Bridge-A-Unique-ID': channel.uuid, 'Bridge-B-Unique-ID': partner.uuid };
    this.#inFrame(() => this.#tell('CHANNEL_UNBRIDGE', channel, pair));
  }

  #remember(channel: Channel, what: string): void {
    const at = Math.floor(this.now / 1_000);
    channel.variables.set('transfer_history', `${at}:${channel.uuid}:${what}`);
  }

  /** Lets a channel leave its slot within a packet, and then do something else. */
  #later(channel: Channel, task: () => void): void {
    const { turn } = channel;
    this.#inFrame(() => {
      this.#exit(channel);
      if (channel.turn === turn && channel.isUp) task();
    });
  }

  /** Ends a channel whose partner has left. If the channel gets another order first, it stays. */
  #endLater(channel: Channel): void {
    const { turn } = channel;
    this.#inFrame(() => {
      if (channel.turn === turn) this.hangup(channel);
    });
  }

  #inFrame(task: () => void): void {
    this.#host.wakeIn(this.#host.random() * FRAME_MS, task);
  }

  #tellValet(action: string, channel: Channel, headers: Record<string, string>): void {
    this.#host.fire({
      name: 'CUSTOM',
      subclass: 'valet_parking::info',
      headers: { Action: action, ...headers, ...headersOf(channel, this.now) },
    });
  }

  #tell(name: string, channel: Channel, headers: Record<string, string> = {}): void {
    this.#host.fire({ name, headers: { ...headersOf(channel, this.now), ...headers } });
  }
}

/** True for the leg of a telephone that the engine has called. */
function isCalled({ direction, presence }: Channel): boolean {
  return direction === 'outbound' && presence !== null;
}

/** Sets the SIP Call-ID of a leg. The engine does so when it has sent the INVITE. */
function nameDialog({ uuid, variables }: Channel): void {
  variables.set('sip_call_id', `sip-${uuid}`);
}

/** How long a telephone takes to say that it rings. */
const PROGRESS_MS = 7;
/** The length of one packet of speech. */
export const FRAME_MS = 20;
