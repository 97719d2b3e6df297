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
import { Bulletin, type BulletinHost } from './bulletin.ts';
import { farewell } from './farewell.ts';
import type { Message } from './messages.ts';
import type { Announcement } from './notices.ts';
import { farParty, fullName } from './party.ts';
import { primaryAct, urgency } from './possible.ts';
import { tellsOf, type Settings } from './settings.ts';
import { Settling } from './settling.ts';
import { trouble } from './trouble.ts';

/** What a desk needs of the panel it belongs to. */
export interface DeskHost extends BulletinHost {
  readonly settings: Settings;
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
  /** The waiting calls that we connect, by their uuids: what came of the command tells of them. */
  readonly #bridged = new Set<string>();
  readonly #bulletin: Bulletin;
  /** Which call is selected: another may have taken its place by itself. */
  readonly #settling = new Settling();
  /** What was told of the way to the switch, and whether that is bad. */
  #trouble: Message | null = null;
  #isDown = false;
  #hush: ReturnType<typeof setTimeout> | undefined;

  /** Where a call was parked just now: somebody has to be told. */
  parked: Announcement | null = null;

  constructor(host: DeskHost) {
    this.#host = host;
    this.#bulletin = new Bulletin(host);
  }

  /** What has happened last, sentence by sentence. */
  get news(): readonly Message[] {
    return this.#bulletin.news;
  }

  /** What went wrong last or is urgent, until it is dismissed or something goes well. */
  get alarm(): readonly Message[] {
    return this.#bulletin.alarm;
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
    this.#bridged.clear();
    this.parked = null;
    this.#bulletin.clear();
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
    if (this.#isDown && !isDown && this.news[0] === this.#trouble) this.#bulletin.tell(null);
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
    if (!this.#may('park', { call: call.call, slot })) return;
    await this.#do(slot, async (park) => {
      const done = await park.park(call.call, slot === null ? {} : { slot });
      if (park === this.#park) this.#announce({ slot: done.slot, caller: farParty(call) });
      this.#host.fire('parking-parked', { ...done, call: call.call });
      return { key: 'toast.parked', params: { n: done.slot } };
    });
  }

  /** Bridges the selected call with the one that was seen in `slot`. */
  async bridge(slot: number, seen: string | null): Promise<void> {
    const { call } = this;
    if (call === null || !this.#may('bridge', { call: call.call, slot, uuid: seen })) return;
    if (seen !== null) this.#bridged.add(seen);
    await this.#do(
      slot,
      async (park) => {
        const command = park.bridge(call.call, seen === null ? { slot } : { slot, expect: seen });
        const done = await command.catch((error: unknown) => {
          this.#bridged.delete(seen ?? '');
          throw error;
        });
        if (done.uuid) this.#bridged.add(done.uuid);
        this.#host.fire('parking-bridged', { ...done, slot, call: call.call });
        return { key: 'toast.bridged', params: { n: slot } };
      },
      { seen },
    );
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
      { isDeed: false },
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
      { isDeed: false },
    );
  }

  /** Says why nothing was done, or asks something; null takes the question back. */
  say(message: Message | null): void {
    if (message !== null || this.news[0]?.key === 'label.confirm') {
      this.#bulletin.tell(message);
    }
  }

  dismiss(): void {
    this.#bulletin.dismiss();
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
    { isDeed = true, seen = null }: { isDeed?: boolean; seen?: string | null } = {},
  ): Promise<void> {
    const park = this.#park;
    if (park === null) return;
    // Who sits at another client by then is told nothing of this one.
    try {
      const message = await command(park);
      if (park !== this.#park) return;
      this.#bulletin.dismiss();
      this.#bulletin.tell(message);
    } catch (error) {
      if (park === this.#park) this.#fail(error, slot, isDeed, seen);
      if (isDeed) this.#host.fire('parking-failed', error);
    }
  }

  #onDeparted(departure: Departure): void {
    const { slot, uuid, reason } = departure;
    // The call is there no more, so there is nothing left to say aloud.
    if (this.parked?.slot === slot) this.parked = null;
    const isOurs = this.#bridged.has(uuid) && (reason === 'bridged' || reason === 'unknown');
    if (isOurs) this.#bulletin.over(slot);
    else this.#bulletin.departed(departure);
  }

  #onDue(view: SlotView, leftMs: number): void {
    if (tellsOf(this.#host.settings, view.mine)) this.#bulletin.due(view, leftMs);
  }

  /** A failure shows in the state of `sync` for as long as it lasts; in words it is told once. */
  #onTrouble(error: ValetError): void {
    // The person has asked for nothing, and the state of `sync` says that no call lives.
    if (error.code === 'no-live-call') return;
    const { message } = trouble(error, null);
    if (error.kind !== 'failure') this.#fail(error, null, false);
    else if (this.news[0]?.key !== message.key) this.#bulletin.tell((this.#trouble = message));
  }

  /** Tells of an error. A question changes nothing on the switch. `seen` is the call to connect. */
  #fail(error: unknown, slot: number | null, isDeed: boolean, seen: string | null = null): void {
    const { message, inDoubt } = trouble(error, slot);
    const doubt: Message[] = inDoubt && isDeed ? [{ key: 'outcome.unknown' }] : [];
    const { tongue } = this.#host;
    // Who was quicker, and whose call it was.
    const gone = seen && this.snapshot.departures.find(({ uuid }) => uuid === seen);
    const how = gone ? [farewell(tongue, gone, this.#host)] : [];
    this.#bulletin.raise([message, ...doubt, ...how]);
  }
}
