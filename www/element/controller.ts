import type { CallView, Party, ValetPark } from 'valet-park';
import type { Attempt } from './attempt.ts';
import { download } from './browser-features.ts';
import { HostActionRunner, type HostActionRequest, type HostActions } from './host-actions.ts';
import type { Message } from './messages.ts';
import { keepsNoNotes, noteTarget, storeNote, type NoteRequest } from './note-editor.ts';
import { PanelState, type PanelHost } from './panel-state.ts';
import { fullName, otherParty, partyText } from './party.ts';
import { reportName, reportOf } from './report.ts';
import { departureOf, isBack } from './returned.ts';
import { forgetSent, noteSent } from './sent-calls.ts';
import { noteTextsOf, undoMs, type NoteTexts } from './undo.ts';
import { untilTalking } from './until-talking.ts';

/** Answers a ringing call. A promise that rejects says that the call is not answered. */
export type AnswerCall = (call: CallView) => void | Promise<void>;

/** The commands that change the lot. Their errors are events of the element. */
const lotCommands: ReadonlySet<Attempt['what']> = new Set(['park', 'bridge', 'pickUp']);

/** The panel that is controlled. */
export interface ControllerHost extends PanelHost, HostActions {
  /** Answers a call with the softphone of the page; null if the page cannot. */
  readonly answer: AnswerCall | null;
  /** True if the panel only shows the lot. */
  readonly lookOnly: boolean;
  /** True while nothing can be asked. */
  readonly isOffline: boolean;
  /** Fires an event of the panel. Returns false if the page has cancelled it. */
  fire(type: string, detail: unknown, cancelable?: boolean): boolean;
}

/** The commands of a panel. A command never rejects: its result is in `status` and `alert`. */
export class PanelController extends PanelState {
  readonly #host: ControllerHost;
  readonly #hostActions: HostActionRunner;

  constructor(host: ControllerHost) {
    super(host);
    this.#host = host;
    this.#hostActions = new HostActionRunner(host);
  }

  /** Parks the selected call; in any slot if `slot` is null. */
  async park(slot: number | null): Promise<void> {
    const { call } = this;
    if (call === null) return;
    if (!this.#isAllowed('park', { call: call.call, slot })) return;
    // A call that was back keeps its note. The person may change the note.
    const texts = noteTextsOf(departureOf(call, this.snapshot.departures));
    await this.#parkCall(call, slot, texts, true);
  }

  /** Parks a call with a note. Shows the fields for the note if `asksNote`, by default without a note. */
  async #parkCall(
    call: CallView,
    slot: number | null,
    texts: NoteTexts,
    asksNote = texts.for === undefined && texts.note === undefined,
  ): Promise<void> {
    const caller = otherParty(call);
    await this.#run({ what: 'park', caller, slot }, call, async (park) => {
      const done = await park.park(call.call, slot === null ? texts : { ...texts, slot });
      if (park === this.client) {
        const { slot, uuid } = done;
        // The fields that are open may belong to another call.
        this.noting = null;
        this.announce({ slot, uuid, caller, forWhom: texts.for ?? '', asksNote });
        this.undoOffer.offer({ parked: { slot, uuid } });
      }
      this.#host.fire('parking-parked', { ...done, call: call.call });
      return { key: 'toast.parked', params: { n: done.slot } };
    });
  }

  /** Bridges the selected call with the call in `slot`. `seen` is the uuid that the tile showed. */
  async bridge(slot: number, seen: string | null): Promise<void> {
    const { call } = this;
    if (call === null || !this.#isAllowed('bridge', { call: call.call, slot, uuid: seen })) return;
    if (seen !== null) this.bridged.add(seen);
    const seenView = this.view(slot);
    const caller = seenView?.caller ?? null;
    const sent = { to: otherParty(call), by: call.extension, at: Date.now() };
    noteSent(seen, sent);
    await this.#run({ what: 'bridge', caller, slot, uuid: seen }, call, async (park) => {
      const command = park.bridge(call.call, seen === null ? { slot } : { slot, expect: seen });
      const done = await this.#ours(command, seen);
      noteSent(done.uuid, sent);
      this.noteConnected(call.call, caller);
      const texts = noteTextsOf(seenView);
      this.undoOffer.offer({ slot, uuid: done.uuid, caller, pickedUpAt: null, texts });
      this.#host.fire('parking-bridged', { ...done, slot, call: call.call });
      const [who, other] = [caller, otherParty(call)].map((one) => this.#nameOf(one));
      return { key: 'toast.connected', params: { who: who ?? '', other: other ?? '', n: slot } };
    });
  }

  /** Connects our telephone with the call in `slot`. `seen` is the uuid that the tile showed. */
  async pickUp(slot: number, seen: string | null): Promise<void> {
    const isAllowed = this.#host.fire('parking-before-pick-up', { slot, uuid: seen }, true);
    if (!isAllowed) return this.showStatus({ key: 'why.vetoed' });
    if (seen !== null) this.bridged.add(seen);
    const seenView = this.view(slot);
    const caller = seenView?.caller ?? null;
    noteSent(seen, { to: 'us', by: '', at: Date.now() });
    await this.#run({ what: 'pickUp', caller, slot, uuid: seen }, null, (park) =>
      this.ownRings.during(slot, async (signal) => {
        const pickedUpAt = Date.now();
        const command = park.pickUp(slot, seen === null ? { signal } : { expect: seen, signal });
        try {
          const { uuid } = await this.#ours(command, seen);
          noteSent(uuid, { to: 'us', by: '', at: Date.now() });
          this.undoOffer.offer({ slot, uuid, caller, pickedUpAt, texts: noteTextsOf(seenView) });
          this.#host.fire('parking-picked-up', { slot, uuid });
          return { key: 'toast.pickedUp', params: { who: this.#nameOf(caller) } };
        } catch (error) {
          if (!signal.aborted) throw error;
          return { key: 'toast.cancelled', params: { n: slot, who: this.#nameOf(caller) } };
        }
      }),
    );
  }

  /** Waits for a command that connects a call. Its departure is not reported, unless it fails. */
  async #ours<Done extends { readonly uuid: string | null }>(
    command: Promise<Done>,
    seen: string | null,
  ): Promise<Done> {
    try {
      const done = await command;
      if (done.uuid) this.bridged.add(done.uuid);
      return done;
    } catch (error) {
      this.bridged.delete(seen ?? '');
      forgetSent(seen);
      throw error;
    }
  }

  /** Takes the last command back, or says that it is too late. */
  async takeBack(): Promise<void> {
    const { undo } = this;
    this.undoOffer.clear();
    this.parked = null;
    if (undo?.what === 'takeBack') {
      this.showStatus({ key: 'why.asked' });
      return this.pickUp(undo.slot, undo.uuid);
    }
    const call = this.snapshot.calls.find(({ call }) => call === undo?.call);
    if (call === undefined || !undo) return this.showStatus({ key: 'why.tooLate' });
    await this.#parkCall(call, undo.slot, undo.texts);
  }

  /** The calls that ring to pick up a waiting call, each with a text that says which one. */
  get rings(): ReadonlyMap<string, Message> {
    const { calls } = this.snapshot;
    return this.ownRings.among(calls, (slot) => this.#nameOf(this.view(slot)?.caller ?? null));
  }

  /**
   * The call that an answer is for: the ring of our own telephone for a pick-up, else a call that is
   * back, else the one that rings longest.
   */
  get ringing(): CallView | null {
    const ringing = this.snapshot.calls.filter(({ state }) => state === 'ringing');
    const own = ringing.find(({ call }) => this.rings.has(call));
    return own ?? ringing.find(isBack) ?? ringing[0] ?? null;
  }

  /** Answers a call with the softphone of the page. Returns false if it is not answered. */
  async answer(call = this.ringing): Promise<boolean> {
    const { answer } = this.#host;
    if (answer === null) return false;
    if (call === null || this.#host.lookOnly) {
      const none = this.#host.isOffline ? 'why.offlineRings' : 'why.noneRings';
      this.showStatus({ key: call === null ? none : 'why.lookOnly' });
      return false;
    }
    if (this.answering.has(call.call)) {
      this.showStatus({ key: 'why.pending' });
      return false;
    }
    let isAnswered = false;
    this.#setAnswering(call.call, true);
    await this.#run({ what: 'answer', caller: otherParty(call), slot: null }, call, async () => {
      await answer(call);
      this.unselect();
      isAnswered = true;
      return null;
    });
    this.#setAnswering(call.call, false);
    return isAnswered;
  }

  #setAnswering(call: string, isAnswering: boolean): void {
    const others = [...this.answering].filter((each) => each !== call);
    this.answering = new Set(isAnswering ? [...others, call] : others);
    this.#host.requestUpdate();
  }

  /** Answers a call that is back from a slot, and parks it there again, with its note. */
  async parkAgain(call = this.snapshot.calls.find(isBack) ?? null): Promise<void> {
    const park = this.client;
    if (call === null || park === null) return this.showStatus({ key: 'why.noneBack' });
    const departure = departureOf(call, this.snapshot.departures);
    const slot = call.returnedFrom?.slot ?? null;
    if (!(await this.answer(call))) return;
    const answered = await untilTalking(park, call.call, this.stopping.signal);
    if (answered === null || park !== this.client) return;
    const isFree = slot !== null && this.view(slot)?.state === 'free';
    const texts = noteTextsOf(departure);
    await this.#parkCall(answered, isFree ? slot : null, texts);
  }

  /** Runs an action of the page on the call in a slot. */
  async runHostAction(request: HostActionRequest): Promise<void> {
    const view = this.view(request.slot);
    const obstacle = this.#hostActions.whyNot(request, view);
    if (obstacle !== null || view === undefined) return this.showStatus(obstacle);
    await this.#run(this.#hostActions.attempt(request, view), null, () =>
      this.#hostActions.run(request, view, this.stopping.signal),
    );
  }

  /** Opens the fields for the note of the call in a slot. */
  editNote(slot: number): void {
    const target = noteTarget(this.view(slot));
    if (this.#host.lookOnly) return this.showStatus({ key: 'why.lookOnly' });
    if (target === null) return this.showStatus({ key: 'why.empty', params: { n: slot } });
    if (!this.keepsNotes) return this.showStatus({ key: 'error.no-notes' });
    this.noting = target;
    this.#host.requestUpdate();
  }

  /** Closes the fields without storing the note. */
  leaveNote(): void {
    if (this.noting === null && this.parked !== null) {
      this.parked = { ...this.parked, asksNote: false };
    }
    this.noting = null;
    this.draft = null;
    this.#host.requestUpdate();
  }

  /** Keeps what a person has typed and not saved. It is shown when its fields open again. */
  keepDraft(request: NoteRequest): void {
    this.draft = request;
  }

  /** Stores a note. Its fields stay open if the server does not store it. */
  async saveNote(request: NoteRequest): Promise<void> {
    const { target, input } = request;
    const { slot, uuid } = target;
    const caller = this.view(slot)?.caller ?? null;
    await this.#run({ what: 'note', caller, slot, uuid }, null, async (park) => {
      try {
        const message = await storeNote(park, target, input);
        if (this.noting?.uuid === uuid) this.noting = null;
        if (this.draft?.target.uuid === uuid) this.draft = null;
        if (this.parked?.uuid === uuid) {
          this.announce({ ...this.parked, forWhom: input.for, asksNote: false });
        }
        return message;
      } catch (error) {
        if (keepsNoNotes(error)) {
          this.keepsNotes = false;
          this.noting = null;
        } else {
          this.noting = target;
          this.draft = request;
        }
        throw error;
      }
    });
  }

  #isAllowed(command: 'park' | 'bridge', detail: object): boolean {
    if (this.pressGuard.isBlocked) {
      this.showStatus({ key: 'why.otherCall' });
      return false;
    }
    const isAllowed = this.#host.fire(`parking-before-${command}`, detail, true);
    if (!isAllowed) this.showStatus({ key: 'why.vetoed' });
    return isAllowed;
  }

  /** Asks the switch about one slot. */
  async check(slot: number): Promise<void> {
    await this.#run({ what: 'check', slot }, null, async (park) => {
      const { state, caller } = await park.inspect(slot);
      if (state === 'free' || state === 'unknown') {
        return { key: `toast.${state}`, params: { n: slot } };
      }
      return { key: 'toast.held', params: { n: slot, who: fullName(this.#host.locale, caller) } };
    });
  }

  /** Asks the switch about all slots. */
  async refresh(): Promise<void> {
    await this.#run({ what: 'refresh', slot: null }, null, async (park) => {
      const { slots } = await park.refresh();
      const free = slots.filter(({ state }) => state === 'free').length;
      return { key: 'toast.refreshed', params: { n: free } };
    });
  }

  /** Saves a report for the developers as a file. */
  async saveReport(): Promise<void> {
    await this.#run({ what: 'report', slot: null }, null, (park) => {
      const name = reportName(new Date());
      download(name, reportOf(park));
      return { key: 'report.saved', params: { name } };
    });
  }

  #nameOf(party: Party | null): string {
    return partyText(this.#host.locale, party).name;
  }

  /** Runs a command and shows what became of it. `call` is our call in the command. */
  async #run(
    attempt: Attempt,
    call: CallView | null,
    command: (park: ValetPark) => Message | null | Promise<Message | null>,
  ): Promise<void> {
    const park = this.client;
    if (park === null) return;
    // The panel may have another client when the command ends. Then it does not show the result.
    try {
      const message = await command(park);
      if (park !== this.client) return;
      this.failures.clear();
      const isUndoable = this.undo !== null || message?.key === 'toast.connected';
      this.messages.showStatus(message, isUndoable ? undoMs : undefined);
    } catch (error) {
      if (park === this.client) void this.failures.show(park, error, attempt, call);
      if (lotCommands.has(attempt.what)) this.#host.fire('parking-failed', error);
    }
  }
}
