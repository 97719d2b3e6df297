import type {
  CallView,
  Departure,
  Snapshot,
  SlotView,
  SyncView,
  ValetError,
  ValetPark,
} from 'valet-park';
import { blank } from './blank.ts';
import { farewell } from './departures.ts';
import type { Message } from './messages.ts';
import type { Announcement } from './notices.ts';
import { farParty, fullName, who } from './party.ts';
import { primaryAct, urgency } from './possible.ts';
import { tellsOf, type Settings } from './settings.ts';
import { Settling } from './settling.ts';
import type { Tongue } from './tongue.ts';
import { trouble } from './trouble.ts';

/** What a desk needs of the panel it belongs to. */
export interface DeskHost {
  readonly tongue: Tongue;
  /** How our own extension is called by people. */
  readonly home: string;
  readonly settings: Settings;
  requestUpdate(): void;
  /** Tells the page of what is about to be done, or was. False if the page calls it off. */
  fire(type: string, detail: unknown, cancelable?: boolean): boolean;
}

/** The states in which the switch is not heard. */
const down: ReadonlySet<SyncView['state']> = new Set(['offline', 'unauthorized', 'limited']);

/** For how long a slot stays shown large after a call was parked there, in ms. */
const announceMs = 8_000;

/**
 * What somebody at the desk sees and does: one `ValetPark`, the selected call, and the last words.
 *
 * Draws its host again whenever something of this changes. Commands never reject: what came of
 * them is in `news` and `alarm`.
 */
export class Desk {
  readonly #host: DeskHost;
  #park: ValetPark | null = null;
  #leave = new AbortController();
  #chosen: string | null = null;
  /** The client with which a call is being parked in any slot. */
  #parkingAny: ValetPark | null = null;
  /** Which call is selected: another may have taken its place by itself. */
  readonly #settling = new Settling();
  /** What was told of the way to the switch, and whether that is bad. */
  #trouble: Message | null = null;
  #isDown = false;
  #hush: ReturnType<typeof setTimeout> | undefined;

  /** What has happened last. */
  news: Message | null = null;
  /** What went wrong last, until it is dismissed or something goes well. */
  alarm: readonly Message[] = [];
  /** Where a call was parked just now: somebody has to be told. */
  parked: Announcement | null = null;

  constructor(host: DeskHost) {
    this.#host = host;
  }

  /** Sits down at a client, until `stop`. */
  start(park: ValetPark): void {
    this.#park = park;
    this.#settling.note(this.call?.call ?? null);
    this.#isDown = false;
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    signal.addEventListener(
      'abort',
      park.subscribe(() => this.#onChange()),
    );
    park.on('departed', (departure) => this.#onDeparted(departure), { signal });
    park.on('due', ({ view, leftMs }) => this.#onDue(view, leftMs), { signal });
    park.on('trouble', (error) => this.#onTrouble(error), { signal });
    this.#host.requestUpdate();
  }

  stop(): void {
    this.#leave.abort();
    clearTimeout(this.#hush);
    this.#park = null;
    this.#chosen = null;
    this.#parkingAny = null;
    this.parked = null;
    this.news = null;
    this.alarm = [];
  }

  get snapshot(): Snapshot {
    return this.#park?.getSnapshot() ?? blank;
  }

  readonly remaining = (slot: number): number | null => this.#park?.remaining(slot) ?? null;

  /** The call chosen by hand while it lives, else the one that was answered last. */
  get call(): CallView | null {
    const live = this.snapshot.calls.filter(({ state }) => state !== 'parked');
    const chosen = live.find(({ call }) => call === this.#chosen);
    if (chosen !== undefined) return chosen;
    const talking = live.filter(({ state }) => state === 'talking');
    return talking.sort((a, b) => b.since - a.since)[0] ?? live[0] ?? null;
  }

  #onChange(): void {
    // A choice ends with what was chosen: when that call comes back it is another situation.
    const selected = this.call?.call ?? null;
    if (selected !== this.#chosen) this.#chosen = null;
    this.#settling.note(selected);
    const isDown = down.has(this.snapshot.sync.state);
    // What went wrong between the panel and the switch is no news once it is over.
    if (this.#isDown && !isDown && this.news === this.#trouble) this.news = null;
    this.#isDown = isDown;
    this.#host.requestUpdate();
  }

  select(call: string): void {
    this.#chosen = call;
    this.#settling.accept(call);
    this.#host.requestUpdate();
  }

  /** Parks the selected call, in any slot if none is given. */
  async park(slot: number | null): Promise<void> {
    const { call } = this;
    if (call === null) return;
    if (this.#parkingAny !== null) return this.say({ key: 'why.pending' });
    if (!this.#may('park', { call: call.call, slot })) return;
    const at = this.#park;
    if (slot === null) this.#parkingAny = at;
    await this.#do(slot, async (park) => {
      const done = await park.park(call.call, slot === null ? {} : { slot });
      if (park === this.#park) this.#announce({ slot: done.slot, caller: farParty(call) });
      this.#host.fire('parking-parked', { ...done, call: call.call });
      return { key: 'toast.parked', params: { n: done.slot } };
    });
    if (slot === null && this.#parkingAny === at) this.#parkingAny = null;
  }

  /** Bridges the selected call with the one that was seen in `slot`. */
  async bridge(slot: number, seen: string | null): Promise<void> {
    const { call } = this;
    if (call === null || !this.#may('bridge', { call: call.call, slot, uuid: seen })) return;
    await this.#do(slot, async (park) => {
      const done = await park.bridge(call.call, seen === null ? { slot } : { slot, expect: seen });
      this.#host.fire('parking-bridged', { ...done, slot, call: call.call });
      return { key: 'toast.bridged', params: { n: slot } };
    });
  }

  #may(deed: 'park' | 'bridge', detail: object): boolean {
    if (this.#settling.isUnsettled) {
      this.say({ key: 'why.otherCall' });
      return false;
    }
    const may = this.#host.fire(`parking-before-${deed}`, detail, true);
    if (!may) this.say({ key: 'why.vetoed' });
    return may;
  }

  /** The slot of the call that goes back first, if anybody waits. */
  get urgent(): number | null {
    const waiting = this.snapshot.slots.filter((view) => primaryAct(view) === 'bridge');
    const left = (view: SlotView): number => urgency(view, this.remaining(view.slot));
    return waiting.sort((a, b) => left(a) - left(b))[0]?.slot ?? null;
  }

  /** Asks who waits in `slot`. */
  async look(slot: number): Promise<void> {
    await this.#do(
      slot,
      async (park) => {
        const { state, caller } = await park.inspect(slot);
        if (state === 'free' || state === 'unknown') {
          return { key: `toast.${state}`, params: { n: slot } };
        }
        return { key: 'toast.held', params: { n: slot, who: fullName(this.#host.tongue, caller) } };
      },
      false,
    );
  }

  /** Asks who waits in any slot. */
  async lookAll(): Promise<void> {
    await this.#do(
      null,
      async (park) => {
        const { slots } = await park.refresh();
        const free = slots.filter(({ state }) => state === 'free').length;
        return { key: 'toast.looked', params: { n: free } };
      },
      false,
    );
  }

  /** Says why nothing was done, or asks something; null takes the question back. */
  say(message: Message | null): void {
    if (message !== null || this.news?.key === 'label.confirm') this.#tell(message);
  }

  dismiss(): void {
    this.alarm = [];
    this.#host.requestUpdate();
  }

  #announce(parked: Announcement): void {
    this.parked = parked;
    clearTimeout(this.#hush);
    this.#hush = setTimeout(() => {
      this.parked = null;
      this.#host.requestUpdate();
    }, announceMs);
  }

  async #do(
    slot: number | null,
    command: (park: ValetPark) => Promise<Message>,
    isDeed = true,
  ): Promise<void> {
    const park = this.#park;
    if (park === null) return;
    // Who sits at another client by then is told nothing of this one.
    try {
      const message = await command(park);
      if (park !== this.#park) return;
      this.alarm = [];
      this.#tell(message);
    } catch (error) {
      if (park === this.#park) this.#fail(error, slot, isDeed);
      if (isDeed) this.#host.fire('parking-failed', error);
    }
  }

  #onDeparted(departure: Departure): void {
    const [alarm] = this.alarm;
    if (alarm?.key === 'toast.due' && alarm.params?.n === departure.slot) this.alarm = [];
    this.#tell(farewell(this.#host.tongue, departure, this.#host.home));
  }

  #onDue({ slot, caller, mine }: SlotView, leftMs: number): void {
    if (!tellsOf(this.#host.settings, mine)) return;
    const message: Message = {
      key: 'toast.due',
      params: { n: slot, who: who(this.#host.tongue, caller).name, s: leftMs / 1000 },
    };
    if (mine && leftMs <= 10_000) this.#raise([message]);
    else this.#tell(message);
  }

  /** A failure shows in the state of `sync` for as long as it lasts; in words it is told once. */
  #onTrouble(error: ValetError): void {
    const { message } = trouble(error, null);
    if (error.kind !== 'failure') this.#fail(error, null, false);
    else if (this.news?.key !== message.key) this.#tell((this.#trouble = message));
  }

  /** What was only asked was not done in any case. */
  #fail(error: unknown, slot: number | null, isDeed: boolean): void {
    const { message, inDoubt } = trouble(error, slot);
    this.#raise(inDoubt && isDeed ? [message, { key: 'outcome.unknown' }] : [message]);
  }

  #tell(news: Message | null): void {
    this.news = news;
    this.#host.requestUpdate();
  }

  #raise(alarm: readonly Message[]): void {
    this.alarm = alarm;
    this.news = null;
    this.#host.requestUpdate();
  }
}
