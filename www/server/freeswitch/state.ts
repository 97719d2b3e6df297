import type { LotReport } from 'valet-park/lot';
import { uuidOf } from '../call-uuid.ts';
import type { EventFields } from '../relay/roster.ts';
import type { WakeIn } from '../relay/timers.ts';
import { CallEvents } from './call-events.ts';
import { type Channel, type ChannelChanges, Channels, timeOf } from './channels.ts';
import type { EngineEvent } from './protocol.ts';
import type { LivingRow } from './inventory.ts';
import { SlotNames } from './slot-names.ts';
import { type Held, type StallChange, Stalls } from './stalls.ts';

/** A call that entered a slot or left it, as subscribers hear of it. */
export interface LotMove {
  readonly kind: LotReport['move'];
  readonly slot: number;
  readonly uuid: string;
  /** The extension that parked the call. Null if it is not known. */
  readonly extension: string | null;
  readonly number: string;
  readonly name: string;
  /** In ms since 1970. */
  readonly at: number;
  /** The call that took it out, and the extension of that call. */
  readonly by: { readonly uuid: string; readonly extension: string | null } | null;
}

/** Gets the news of the engine, in order. */
export interface StateListener {
  /** A documented call event. */
  call(fields: EventFields): void;
  moved(move: LotMove): void;
}

export interface StateOptions {
  readonly lot: string;
  readonly slots: number;
  /** The pattern of the names of the slots, see `SlotNames`. */
  readonly slotNames?: string | undefined;
  /** The domain of the extensions, if the engine has several. */
  readonly domain?: string | undefined;
  /** The number of the switch in each `call_api_id`. */
  readonly node: number;
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  readonly wakeIn: WakeIn;
  readonly listener: StateListener;
}

type Stay = Omit<LotMove, 'kind' | 'by'>;

/**
 * Everything that is known of the engine: its channels, the slots of one lot, and the calls of the
 * extensions. The state changes with events of the engine only.
 */
export class EngineState {
  readonly channels: Channels;
  readonly stalls: Stalls;
  readonly calls: CallEvents;
  readonly #options: StateOptions;
  /** The calls that wait, by their uuid. A call that an usher holds is one of them. */
  readonly #stays = new Map<string, Stay>();
  /** The calls that an usher has taken out of their slots, with the usher. */
  readonly #escorted = new Map<string, string>();
  /** The extensions that fetch calls with commands, by the uuid of the call. */
  readonly #takers = new Map<string, string>();
  readonly #waiters = new Set<() => void>();
  /** When an event named a channel, in ms. */
  readonly #heardAt = new Map<string, number>();

  constructor(options: StateOptions) {
    this.#options = options;
    this.channels = new Channels(options.domain);
    this.stalls = new Stalls(options.lot, options.slots, new SlotNames(options.slotNames));
    this.calls = new CallEvents(this.channels, options.node);
  }

  /** Takes in an event of the engine. */
  apply(event: EngineEvent): void {
    const atUs = timeOf(event.headers);
    for (const name of NAMING_HEADERS) {
      const uuid = event.headers[name];
      if (uuid !== undefined) this.#heardAt.set(uuid, this.#options.now());
    }
    this.#channelsChanged(this.channels.apply(event), atUs);
    const change = this.stalls.apply(event, this.#options.now());
    if (change !== null) this.#stallChanged(change);
    this.#wake();
  }

  /**
   * Replaces everything by the lists of the engine. Tells what must have happened meanwhile.
   *
   * `askedAt` is when the lists were asked for, if all events have arrived. The lists are late, so the
   * channels that an event named shortly before `askedAt`, or since then, do not change. Null: events
   * may have been missed.
   */
  replace(
    channels: readonly Channel[],
    rows: readonly LivingRow[],
    askedAt: number | null = null,
  ): void {
    const now = this.#options.now();
    const isRecent = this.#recent(askedAt);
    if (askedAt === null) this.#escorted.clear();
    const changes = this.channels.replace(channels, isRecent);
    for (const change of this.stalls.replace(rows, now, isRecent)) this.#stallChanged(change);
    this.#channelsChanged(changes, now * 1_000);
    for (const stay of [...this.#stays.values()]) {
      const isKept = this.#escorted.has(stay.uuid) || isRecent(stay.uuid);
      if (!isKept && this.stalls.slotOf(stay.uuid) === null) this.#left(stay, 'unknown', now, null);
    }
    this.#wake();
  }

  /** Returns a function that tells whether an event named a channel shortly before a time, or later. */
  #recent(askedAt: number | null): (uuid: string) => boolean {
    const since = askedAt === null ? Infinity : askedAt - LIST_LATE_MS;
    for (const [uuid, at] of this.#heardAt) if (at < since) this.#heardAt.delete(uuid);
    return (uuid) => this.#heardAt.has(uuid);
  }

  /** Returns the channel that a `call_api_id` names. */
  find(call: string): Channel | undefined {
    const uuid = uuidOf(call);
    const found = this.channels.get(uuid);
    return found ?? this.channels.all().find((one) => uuidOf(one.uuid) === uuid);
  }

  /** The call that waits in a slot, also while an usher holds it. */
  waitingIn(slot: number): Stay | null {
    return [...this.#stays.values()].find((stay) => stay.slot === slot) ?? null;
  }

  /** The calls that wait, longest first. */
  waiting(): Stay[] {
    return [...this.#stays.values()].sort((one, other) => one.at - other.at);
  }

  /** Returns the call that an usher has taken out of its slot. Null after the call has ended. */
  escortedBy(usher: string): string | null {
    return [...this.#escorted].find(([, by]) => by === usher)?.[0] ?? null;
  }

  /** An extension is about to be connected with a call. Null: it is not any more. */
  setTaker(uuid: string, extension: string | null): void {
    if (extension === null) this.#takers.delete(uuid);
    else this.#takers.set(uuid, extension);
  }

  /**
   * Resolves to the first result of `check` that is not null. `check` is called now and after each
   * change. Resolves to null after `ms`.
   */
  until<T>(ms: number, check: () => T | null): Promise<T | null> {
    return new Promise((resolve) => {
      const now = check();
      if (now !== null) return resolve(now);
      const finish = (result: T | null) => {
        this.#waiters.delete(waiter);
        cancel();
        resolve(result);
      };
      const waiter = () => {
        const result = check();
        if (result !== null) finish(result);
      };
      const cancel = this.#options.wakeIn(ms, () => finish(null));
      this.#waiters.add(waiter);
    });
  }

  #wake(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }

  #channelsChanged(changes: ChannelChanges, atUs: number): void {
    if (changes.size === 0) return;
    // A client must hear that a call has left its slot before it hears of the call of the telephone.
    for (const [uuid, channel] of changes) {
      const [stay, by = null] = [this.#stays.get(uuid), channel?.partner];
      if (stay === undefined || by === null || this.channels.get(by)?.isUsher === true) continue;
      if (this.#escorted.delete(uuid)) this.#left(stay, 'bridged', Math.round(atUs / 1_000), by);
    }
    for (const fields of this.calls.changed(changes, atUs)) this.#options.listener.call(fields);
    for (const [uuid, channel] of changes) {
      const stay = this.#stays.get(uuid);
      if (channel !== null || stay === undefined || !this.#escorted.delete(uuid)) continue;
      this.#left(stay, 'abandoned', Math.round(atUs / 1_000), null);
    }
  }

  #stallChanged(change: StallChange): void {
    const { uuid, at } = change;
    const stay = this.#stays.get(uuid);
    switch (change.kind) {
      case 'held':
        return this.#entered(change, change.parkedBy);
      case 'taken':
        if (this.channels.get(change.by)?.isUsher === true) this.#escorted.set(uuid, change.by);
        else if (stay !== undefined) this.#left(stay, 'bridged', at, change.by);
        return;
      case 'left':
        if (stay === undefined || this.#escorted.has(uuid)) return;
        if (change.how === 'taken' || change.how === 'bridged') {
          return this.#left(stay, 'bridged', at, change.by);
        }
        return this.#left(stay, change.how === 'moved' ? 'unknown' : change.how, at, null);
    }
  }

  #entered(
    { slot, uuid, at }: Pick<Held, 'slot' | 'uuid'> & { at: number },
    by: string | null,
  ): void {
    const channel = this.channels.get(uuid);
    if (channel?.isUsher === true) return;
    const known = this.#stays.get(uuid);
    if (known !== undefined && this.#escorted.delete(uuid) && known.slot === slot) return; // Put back.
    if (known !== undefined) this.#left(known, 'unknown', at, null);
    const { number = '', name = '', lastExtension = null } = channel ?? {};
    const stay = { slot, uuid, extension: by ?? lastExtension, number, name, at };
    this.#stays.set(uuid, stay);
    this.#options.listener.moved({ ...stay, kind: 'parked', by: null });
  }

  #left(stay: Stay, kind: LotMove['kind'], at: number, by: string | null): void {
    this.#stays.delete(stay.uuid);
    const taker = by === null ? undefined : this.channels.get(by);
    const commander = this.#takers.get(stay.uuid);
    const extension = commander ?? taker?.extension ?? taker?.lastExtension ?? null;
    const taken = by === null ? null : { uuid: by, extension };
    this.#options.listener.moved({ ...stay, kind, at, by: taken });
  }
}

/** The headers of an event with the uuid of a channel. */
const NAMING_HEADERS = [
  'Unique-ID',
  'Other-Leg-Unique-ID',
  'Bridge-A-Unique-ID',
  'Bridge-B-Unique-ID',
  'Bridge-To-UUID',
];
/** The engine writes its list of channels up to half a second late, and later if it is busy. */
const LIST_LATE_MS = 2_000;
