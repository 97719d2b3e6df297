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
  /** The calls that an usher has taken out of their slots. */
  readonly #escorted = new Set<string>();
  readonly #waiters = new Set<() => void>();

  constructor(options: StateOptions) {
    this.#options = options;
    this.channels = new Channels(options.domain);
    this.stalls = new Stalls(options.lot, options.slots, new SlotNames(options.slotNames));
    this.calls = new CallEvents(this.channels, options.node);
  }

  /** Takes in an event of the engine. */
  apply(event: EngineEvent): void {
    const atUs = timeOf(event.headers);
    this.#channelsChanged(this.channels.apply(event), atUs);
    const change = this.stalls.apply(event, this.#options.now());
    if (change !== null) this.#stallChanged(change);
    this.#wake();
  }

  /** Replaces everything by the lists of the engine. Tells what must have happened meanwhile. */
  replace(channels: readonly Channel[], rows: readonly LivingRow[]): void {
    const now = this.#options.now();
    this.#escorted.clear();
    const changes = this.channels.replace(channels);
    for (const change of this.stalls.replace(rows, now)) this.#stallChanged(change);
    this.#channelsChanged(changes, now * 1_000);
    for (const stay of [...this.#stays.values()]) {
      if (this.stalls.slotOf(stay.uuid) === null) this.#left(stay, 'unknown', now, null);
    }
    this.#wake();
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

  /** True if an usher has taken the call out of its slot. */
  isEscorted(uuid: string): boolean {
    return this.#escorted.has(uuid);
  }

  /** An escorted call was connected. */
  wasConnected(uuid: string, by: string): void {
    const stay = this.#stays.get(uuid);
    this.#escorted.delete(uuid);
    if (stay !== undefined) this.#left(stay, 'bridged', this.#options.now(), by);
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
        if (this.channels.get(change.by)?.isUsher === true) this.#escorted.add(uuid);
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
    const extension = taker?.extension ?? taker?.lastExtension ?? null;
    const taken = by === null ? null : { uuid: by, extension };
    this.#options.listener.moved({ ...stay, kind, at, by: taken });
  }
}
