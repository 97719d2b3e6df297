import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CallView, Departure, Snapshot, SlotView, ValetError, ValetPark } from 'valet-park';
import { farewell } from './departures.ts';
import type { Message } from './messages.ts';
import { fullName, who } from './party.ts';
import { trouble } from './trouble.ts';

/**
 * What somebody at the desk sees and does: one `ValetPark`, the selected call, and the last words.
 *
 * Draws its host again whenever something of this changes. Commands never reject: what came of
 * them is in `news` and `alarm`.
 */
export class Desk implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #park: ValetPark;
  readonly #home: string;
  #leave = new AbortController();
  #chosen: string | null = null;
  #parkingAny = false;

  /** What has happened last. */
  news: Message | null = null;
  /** What went wrong last, until it is dismissed or something goes well. */
  alarm: readonly Message[] = [];

  /** `home` is how the extension of this `park` is called by people. */
  constructor(host: ReactiveControllerHost, park: ValetPark, home: string) {
    this.#host = host;
    this.#park = park;
    this.#home = home;
    host.addController(this);
  }

  hostConnected(): void {
    this.#leave = new AbortController();
    const { signal } = this.#leave;
    const park = this.#park;
    signal.addEventListener(
      'abort',
      park.subscribe(() => this.#host.requestUpdate()),
    );
    park.on('departed', (departure) => this.#onDeparted(departure), { signal });
    park.on('due', ({ view, leftMs }) => this.#onDue(view, leftMs), { signal });
    park.on('trouble', (error) => this.#onTrouble(error), { signal });
  }

  hostDisconnected(): void {
    this.#leave.abort();
  }

  get snapshot(): Snapshot {
    return this.#park.getSnapshot();
  }

  readonly remaining = (slot: number): number | null => this.#park.remaining(slot);

  /** The call chosen by hand while it lives, else the one that was answered last. */
  get call(): CallView | null {
    const live = this.snapshot.calls.filter(({ state }) => state !== 'parked');
    const chosen = live.find(({ call }) => call === this.#chosen);
    if (chosen !== undefined) return chosen;
    const talking = live.filter(({ state }) => state === 'talking');
    return talking.sort((a, b) => b.since - a.since)[0] ?? live[0] ?? null;
  }

  select(call: string): void {
    this.#chosen = call;
    this.#host.requestUpdate();
  }

  /** Parks the selected call, in any slot if none is given. */
  async park(slot: number | null): Promise<void> {
    const call = this.call;
    if (call === null || this.#parkingAny) return;
    this.#parkingAny = slot === null;
    await this.#do(slot, async () => {
      const options = slot === null ? {} : { slot };
      const done = await this.#park.park(call.call, options);
      return { key: 'toast.parked', params: { n: done.slot } };
    });
    this.#parkingAny = false;
  }

  /** Bridges the selected call with the one that was seen in `slot`. */
  async bridge(slot: number, seen: string | null): Promise<void> {
    const call = this.call;
    if (call === null) return;
    await this.#do(slot, async () => {
      await this.#park.bridge(call.call, seen === null ? { slot } : { slot, expect: seen });
      return { key: 'toast.bridged', params: { n: slot } };
    });
  }

  /** Asks who waits in `slot`. */
  async look(slot: number): Promise<void> {
    await this.#do(slot, async () => {
      const { state, caller } = await this.#park.inspect(slot);
      if (state === 'free' || state === 'unknown') {
        return { key: `toast.${state}`, params: { n: slot } };
      }
      return { key: 'toast.held', params: { n: slot, who: fullName(caller) } };
    });
  }

  /** Asks who waits in any slot. */
  async lookAll(): Promise<void> {
    await this.#do(null, async () => {
      const { slots } = await this.#park.refresh();
      const free = slots.filter(({ state }) => state === 'free').length;
      return { key: 'toast.looked', params: { n: free } };
    });
  }

  /** Says why nothing was done. */
  say(message: Message): void {
    this.#tell(message);
  }

  dismiss(): void {
    this.alarm = [];
    this.#host.requestUpdate();
  }

  async #do(slot: number | null, command: () => Promise<Message>): Promise<void> {
    try {
      const message = await command();
      this.alarm = [];
      this.#tell(message);
    } catch (error) {
      this.#fail(error, slot);
    }
  }

  #onDeparted(departure: Departure): void {
    if (this.alarm[0]?.key === 'toast.due') this.alarm = [];
    this.#tell(farewell(departure, this.#home));
  }

  #onDue({ slot, caller, mine }: SlotView, leftMs: number): void {
    const message: Message = {
      key: 'toast.due',
      params: { n: slot, who: who(caller).name, s: leftMs / 1000 },
    };
    if (mine && leftMs <= 10_000) this.#raise([message]);
    else this.#tell(message);
  }

  /** A failure shows in the state of `sync` for as long as it lasts; in words it is told once. */
  #onTrouble(error: ValetError): void {
    const { message } = trouble(error, null);
    if (error.kind !== 'failure') this.#fail(error, null);
    else if (this.news?.key !== message.key) this.#tell(message);
  }

  #fail(error: unknown, slot: number | null): void {
    const { message, inDoubt } = trouble(error, slot);
    this.#raise(inDoubt ? [message, { key: 'outcome.unknown' }] : [message]);
  }

  #tell(news: Message): void {
    this.news = news;
    this.#host.requestUpdate();
  }

  #raise(alarm: readonly Message[]): void {
    this.alarm = alarm;
    this.news = null;
    this.#host.requestUpdate();
  }
}
