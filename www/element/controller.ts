import type {
  CallView,
  Departure,
  Snapshot,
  SlotView,
  SyncView,
  ValetError,
  ValetPark,
} from 'valet-park';
import { emptySnapshot } from '../../src/client/snapshot.ts';
import { download } from './browser-features.ts';
import { departureText } from './departure-text.ts';
import { errorText } from './error-text.ts';
import { MessageArea, type MessageHost } from './message-area.ts';
import type { Message } from './messages.ts';
import type { Announcement } from './notices.ts';
import { primaryAction, urgency } from './obstacle.ts';
import { fullName, otherParty } from './party.ts';
import { PressGuard } from './press-guard.ts';
import { reportName, reportOf } from './report.ts';
import { alertsFor, type Settings } from './settings.ts';

/** The panel that is controlled. */
export interface ControllerHost extends MessageHost {
  readonly settings: Settings;
  /** Fires an event of the panel. Returns false if the page has cancelled it. */
  fire(type: string, detail: unknown, cancelable?: boolean): boolean;
}

/** The states in which the client gets no answers from the switch. */
const disconnectedStates: ReadonlySet<SyncView['state']> = new Set([
  'offline',
  'unauthorized',
  'limited',
]);

/** The snapshot of a panel without a client. */
const noSnapshot: Snapshot = emptySnapshot(9);

/** How long the slot of a parked call is announced in large type, in ms. */
const announceMs = 8_000;

interface CommandOptions {
  /** The slot of the command, if it has one. */
  readonly slot: number | null;
  /** False for a question, which changes nothing at the switch. */
  readonly changesLot: boolean;
  /** The uuid of the waiting call that the command connects. */
  readonly seen?: string | null;
}

/**
 * The state and the commands of a panel: its client, the selected call, and the messages.
 *
 * Requests an update of the host when any of these changes. A command never rejects: its result is
 * in `status` and `alert`.
 */
export class PanelController {
  readonly #host: ControllerHost;
  #park: ValetPark | null = null;
  #stopping = new AbortController();
  #chosenCall: string | null = null;
  /** The uuids of the waiting calls that this panel connects. Their departure is not reported:
   *  the result of the command says it. */
  readonly #bridged = new Set<string>();
  /** Our extensions, as far as calls and slots have shown them. */
  readonly #seenExtensions = new Set<string>();
  readonly #messages: MessageArea;
  /** Blocks a press that was meant for the call selected before. */
  readonly #pressGuard = new PressGuard();
  /** The last message about the connection to the switch. */
  #connectionMessage: Message | null = null;
  #isDisconnected = false;
  #announceTimer: ReturnType<typeof setTimeout> | undefined;

  /** The call that was parked last, while its slot is announced. */
  parked: Announcement | null = null;

  constructor(host: ControllerHost) {
    this.#host = host;
    this.#messages = new MessageArea(host);
  }

  /** The latest news, sentence by sentence. */
  get status(): readonly Message[] {
    return this.#messages.status;
  }

  /** An error or an urgent event, until it is dismissed or a command succeeds. */
  get alert(): readonly Message[] {
    return this.#messages.alert;
  }

  /** True if the alert is about a fault of this package, so that a report helps. */
  get isBug(): boolean {
    return this.#messages.isBug;
  }

  /** Connects the panel to a client. */
  start(park: ValetPark): void {
    this.#park = park;
    this.#pressGuard.update(this.call?.call ?? null);
    this.#isDisconnected = false;
    this.#noteExtensions();
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    signal.addEventListener(
      'abort',
      park.subscribe(() => this.#onChange()),
    );
    park.on('departed', (departure) => this.#onDeparted(departure), { signal });
    park.on('due', ({ view, leftMs }) => this.#onDue(view, leftMs), { signal });
    park.on('trouble', (error) => this.#onBackgroundError(error), { signal });
    this.#host.requestUpdate();
  }

  /** Disconnects the panel from its client. */
  stop(): void {
    this.#stopping.abort();
    clearTimeout(this.#announceTimer);
    this.#park = null;
    this.#chosenCall = null;
    this.#bridged.clear();
    this.#seenExtensions.clear();
    this.parked = null;
    this.#messages.clear();
  }

  get snapshot(): Snapshot {
    return this.#park?.getSnapshot() ?? noSnapshot;
  }

  /** Returns the ms until the call in a slot returns; null if that is not known. */
  readonly remaining = (slot: number): number | null => this.#park?.remaining(slot) ?? null;

  /** The number of our extensions that calls and slots have shown since the client was set. */
  get extensionCount(): number {
    return this.#seenExtensions.size;
  }

  /** The selected call: the one chosen by hand, else the one answered last. */
  get call(): CallView | null {
    const live = this.snapshot.calls.filter(({ state }) => state !== 'parked');
    const chosen = live.find(({ call }) => call === this.#chosenCall);
    if (chosen !== undefined) return chosen;
    const talking = live.filter(({ state }) => state === 'talking');
    return talking.sort((a, b) => b.since - a.since)[0] ?? live[0] ?? null;
  }

  #onChange(): void {
    // The choice ends with the call. If the call comes back, it is not selected again.
    const selected = this.call?.call ?? null;
    if (selected !== this.#chosenCall) this.#chosenCall = null;
    this.#pressGuard.update(selected);
    this.#noteExtensions();
    const isDisconnected = disconnectedStates.has(this.snapshot.sync.state);
    const isReconnected = this.#isDisconnected && !isDisconnected;
    if (isReconnected && this.status[0] === this.#connectionMessage) {
      this.#messages.showStatus(null);
    }
    this.#isDisconnected = isDisconnected;
    this.#host.requestUpdate();
  }

  #noteExtensions(): void {
    const { calls, slots } = this.snapshot;
    for (const { extension } of calls) this.#seenExtensions.add(extension);
    for (const { mine, parkedBy } of slots) {
      if (mine && parkedBy !== null) this.#seenExtensions.add(parkedBy);
    }
  }

  /** Selects a call. */
  select(call: string): void {
    this.#chosenCall = call;
    this.#pressGuard.set(call);
    this.#host.requestUpdate();
  }

  /** Parks the selected call; in any slot if `slot` is null. */
  async park(slot: number | null): Promise<void> {
    const { call } = this;
    if (call === null) return;
    if (!this.#isAllowed('park', { call: call.call, slot })) return;
    await this.#run({ slot, changesLot: true }, async (park) => {
      const done = await park.park(call.call, slot === null ? {} : { slot });
      if (park === this.#park) this.#announce({ slot: done.slot, caller: otherParty(call) });
      this.#host.fire('parking-parked', { ...done, call: call.call });
      return { key: 'toast.parked', params: { n: done.slot } };
    });
  }

  /** Bridges the selected call with the call in `slot`. `seen` is the uuid that the tile showed. */
  async bridge(slot: number, seen: string | null): Promise<void> {
    const { call } = this;
    if (call === null || !this.#isAllowed('bridge', { call: call.call, slot, uuid: seen })) return;
    if (seen !== null) this.#bridged.add(seen);
    await this.#run({ slot, changesLot: true, seen }, async (park) => {
      const command = park.bridge(call.call, seen === null ? { slot } : { slot, expect: seen });
      const done = await command.catch((error: unknown) => {
        this.#bridged.delete(seen ?? '');
        throw error;
      });
      if (done.uuid) this.#bridged.add(done.uuid);
      this.#host.fire('parking-bridged', { ...done, slot, call: call.call });
      return { key: 'toast.bridged', params: { n: slot } };
    });
  }

  #isAllowed(command: 'park' | 'bridge', detail: object): boolean {
    if (this.#pressGuard.isBlocked) {
      this.showStatus({ key: 'why.otherCall' });
      return false;
    }
    const isAllowed = this.#host.fire(`parking-before-${command}`, detail, true);
    if (!isAllowed) this.showStatus({ key: 'why.vetoed' });
    return isAllowed;
  }

  /** The slot of the call that returns first; null if no call waits. */
  get urgent(): number | null {
    const waiting = this.snapshot.slots.filter((view) => primaryAction(view) === 'bridge');
    const left = (view: SlotView): number => urgency(view, this.remaining(view.slot));
    return waiting.sort((a, b) => left(a) - left(b))[0]?.slot ?? null;
  }

  /** Asks the switch about one slot. */
  async check(slot: number): Promise<void> {
    await this.#run({ slot, changesLot: false }, async (park) => {
      const { state, caller } = await park.inspect(slot);
      if (state === 'free' || state === 'unknown') {
        return { key: `toast.${state}`, params: { n: slot } };
      }
      return { key: 'toast.held', params: { n: slot, who: fullName(this.#host.locale, caller) } };
    });
  }

  /** Asks the switch about all slots. */
  async refresh(): Promise<void> {
    await this.#run({ slot: null, changesLot: false }, async (park) => {
      const { slots } = await park.refresh();
      const free = slots.filter(({ state }) => state === 'free').length;
      return { key: 'toast.refreshed', params: { n: free } };
    });
  }

  /** Saves a report for the developers as a file. */
  async saveReport(): Promise<void> {
    await this.#run({ slot: null, changesLot: false }, (park) => {
      const name = reportName(new Date());
      download(name, reportOf(park));
      return { key: 'report.saved', params: { name } };
    });
  }

  /**
   * Shows a status: why nothing was done, or the question before a bridge. Null removes the question
   * if it is still shown.
   */
  showStatus(message: Message | null): void {
    if (message !== null || this.status[0]?.key === 'label.confirm') {
      this.#messages.showStatus(message);
    }
  }

  /** Removes the alert. */
  dismiss(): void {
    this.#messages.dismiss();
  }

  #announce(parked: Announcement): void {
    this.parked = parked;
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => {
      this.parked = null;
      this.#host.requestUpdate();
    }, announceMs);
  }

  async #run(
    options: CommandOptions,
    command: (park: ValetPark) => Message | Promise<Message>,
  ): Promise<void> {
    const park = this.#park;
    if (park === null) return;
    // The panel may have another client when the command ends. Then it does not show the result.
    try {
      const message = await command(park);
      if (park !== this.#park) return;
      this.#messages.dismiss();
      this.#messages.showStatus(message);
    } catch (error) {
      if (park === this.#park) this.#showError(error, options);
      if (options.changesLot) this.#host.fire('parking-failed', error);
    }
  }

  #onDeparted(departure: Departure): void {
    const { slot, uuid, reason } = departure;
    // The call has left the announced slot.
    if (this.parked?.slot === slot) this.parked = null;
    const isOurs = this.#bridged.has(uuid) && (reason === 'bridged' || reason === 'unknown');
    if (isOurs) this.#messages.removeDue(slot);
    else this.#messages.departed(departure);
  }

  #onDue(view: SlotView, leftMs: number): void {
    if (alertsFor(this.#host.settings, view.mine)) this.#messages.due(view, leftMs);
  }

  /** A lasting failure is visible in the sync state, so that a message reports it only once. */
  #onBackgroundError(error: ValetError): void {
    // The sync state already says that there is no active call.
    if (error.code === 'no-live-call') return;
    const { message } = errorText(error, null);
    if (error.kind !== 'failure') this.#showError(error, { slot: null, changesLot: false });
    else if (this.status[0]?.key !== message.key) {
      this.#connectionMessage = message;
      this.#messages.showStatus(message);
    }
  }

  #showError(error: unknown, { slot, changesLot, seen }: CommandOptions): void {
    const { message, isOutcomeUnknown, isBug } = errorText(error, slot);
    const doubt: Message[] = isOutcomeUnknown && changesLot ? [{ key: 'outcome.unknown' }] : [];
    // Another desk may have taken the call first. Then the alert says how the call left.
    const gone = seen && this.snapshot.departures.find(({ uuid }) => uuid === seen);
    const how = gone ? [departureText(this.#host.locale, gone, this.#host.names)] : [];
    this.#messages.showAlert([message, ...doubt, ...how], isBug);
  }
}
