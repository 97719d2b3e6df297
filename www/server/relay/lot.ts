import { parseCallEvent, type Answer, type Question } from 'valet-park';
import type { LotReport } from 'valet-park/lot';
import { uuidOf } from '../call-uuid.ts';
import { digest } from '../digest.ts';
import { isCommand } from '../exchange/command.ts';
import type { Fence, JournalChange, Log, StoredEntry } from '../feed/log.ts';
import { askedMessage, callMessage, lotMessage } from '../feed/message.ts';
import { readMessage } from '../feed/read-message.ts';
import type { Asker } from './asker.ts';
import { Commands } from './commands.ts';
import { CurrentCalls } from './current-calls.ts';
import type { ExactMove, ExactSwitch } from './exact-lot.ts';
import type { Journal } from './journal.ts';
import { CallbackApi } from './callback.ts';
import { Numbers } from './numbers.ts';
import { Observations } from './observations.ts';
import type { RelayPickUp } from './options.ts';
import { PickUps } from './pick-up.ts';
import { Roster, type EventFields, type RosterChange } from './roster.ts';
import { Stays, type Stay } from './stays.ts';
import type { WakeIn } from './timers.ts';
import type { Upstream } from './upstream.ts';

/** The parts of a relay that its lot uses. */
export interface RelayLotParts {
  readonly log: Log;
  readonly journal: Journal;
  readonly upstream: Upstream;
  /** The ids of the extensions that the relay serves. */
  readonly extensions: readonly string[];
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  readonly slots: number;
  readonly pickUp?: RelayPickUp | undefined;
  readonly wakeIn: WakeIn;
  /** The switch, if it tells everything that happens in its lot. Default: it does not. */
  readonly exact?: Pick<ExactSwitch, 'waiting' | 'pickUp' | 'problem'> | undefined;
  /** The client that asks for all panels. Null while it starts. */
  readonly asker: () => Omit<Asker, 'snapshot' | 'dispose'> | null;
}

/**
 * The knowledge of a relay about one lot. Each news goes into the log first, and is taken in when it can
 * be read there. So all relays that share a log know the same. Only the relay that appended the news
 * tells what follows from it.
 */
export class RelayLot {
  readonly log: Log;
  readonly journal: Journal;
  readonly upstream: Upstream;
  readonly extensions: readonly string[];
  /** The extensions whose calls the relay follows: those of panels, and that of pick-ups. */
  readonly heard: readonly string[];
  readonly roster: Roster;
  /** Null if the relay cannot pick up. */
  readonly pickUps: PickUps | null;
  readonly commands: Commands;
  readonly observations: Observations;
  readonly currentCalls: CurrentCalls;
  readonly #stays: Stays;
  readonly #numbers: Numbers;
  readonly #now: () => number;
  readonly #slots: number;
  readonly #asker: RelayLotParts['asker'];
  readonly #exact: RelayLotParts['exact'];
  #lookedAt = -Infinity;
  /** The slots that are not free, and that the asker was told to inspect. */
  readonly #inspected = new Set<number>();
  #isReachable = true;
  /** True while news of another relay is taken in. */
  #isForeign = false;

  constructor(parts: RelayLotParts) {
    const { log, journal, upstream, extensions, now, slots, asker, pickUp, wakeIn } = parts;
    this.heard = pickUp === undefined ? extensions : [...extensions, pickUp.extension];
    this.#numbers = new Numbers(pickUp?.numbers ?? {}, this.heard);
    this.#slots = slots;
    this.#asker = asker;
    this.#exact = parts.exact;
    this.log = log;
    this.journal = journal;
    this.upstream = upstream;
    this.extensions = extensions;
    this.#now = now;
    this.roster = new Roster(now);
    this.commands = new Commands(log.keys, digest);
    this.observations = new Observations({
      now,
      isCurrent: (slot) => asker()?.isCurrent(slot) ?? false,
    });
    this.#stays = new Stays(this.roster, now, {
      began: (stay) => this.#tellMove(stay, 'parked', null),
      ended: (stay, reason, takenBy) => this.#tellMove(stay, reason, takenBy),
    });
    const tell = (fields: EventFields) => this.tell(fields);
    const { roster, heard } = this;
    this.currentCalls = new CurrentCalls({
      ...{ upstream, roster, extensions: heard, now },
      fence: () => this.fence,
      tell: (event, fence) => this.tell(event, undefined, fence),
    });
    this.pickUps =
      pickUp === undefined
        ? null
        : new PickUps({
            ...{ options: pickUp, numbers: this.#numbers, roster, asker, tell, wakeIn },
            callbacks: new CallbackApi(upstream),
            callerOf: (call) => this.#stays.callerOf(call),
          });
    this.#restore();
    log.follow((entry) => this.#takeIn(entry));
  }

  /** Makes a telephone ring, to connect it with a call that waits. Null if this relay cannot pick up. */
  get pickUp(): ExactSwitch['pickUp'] | null {
    const { pickUps } = this;
    if (pickUps !== null) return (wanted, signal) => pickUps.start(wanted, signal);
    const exact = this.#exact;
    return exact === undefined ? null : (wanted, signal) => exact.pickUp(wanted, signal);
  }

  /** True if the switch tells everything that happens in its lot, while it can be reached. */
  get isExact(): boolean {
    return this.#exact !== undefined;
  }

  /** True if the feed tells everything that happens in the lot. */
  get tellsAll(): boolean {
    return this.#exact?.problem === null;
  }

  /** True if this relay asks the switch for all panels. */
  get leads(): boolean {
    return this.log.lease?.fence !== null;
  }

  /** The fence with which this relay asks for all panels. Empty if no other relay may ask. */
  get fence(): Fence {
    const fence = this.log.lease?.fence ?? 0;
    return fence === 0 ? {} : { fence };
  }

  /**
   * Tells of a call event. Resolves when the log has stored it. An event with the same `name` is
   * stored once. The events of other extensions are not stored, but the relay remembers whose calls
   * they are about.
   *
   * @throws StaleFenceError as `append` does.
   */
  async tell(fields: EventFields, name?: string, fence: Fence = {}): Promise<void> {
    const { extension } = parseCallEvent(fields);
    if (extension === null || !this.heard.includes(extension)) this.#event(fields);
    else {
      const entry = { extension, text: callMessage({ fields }) };
      await this.log.append(entry, name === undefined ? fence : { ...fence, dedupe: name });
    }
  }

  /** Tells of a move that an exact switch has told. */
  moved(move: ExactMove): void {
    const { slot, call, number, name, at, by } = move;
    const extension = move.extension ?? this.extensions[0] ?? '0';
    const arrival = { slot, call, extension, at, number, name };
    const takenBy = by?.extension ?? null;
    const journal = this.journal.moved(arrival, move.kind, { at, takenBy });
    void this.log.append({ extension: null, text: this.#exactMessage(move) }, { journal });
  }

  /** Compares the calls and the journal with an exact switch, because news may have been missed. */
  reconcile(): void {
    void this.currentCalls.reconcile();
    const waiting = new Set(this.#exact?.waiting().map(({ call }) => uuidOf(call)));
    for (const row of this.journal.waiting()) {
      if (waiting.has(uuidOf(row.call))) continue;
      this.moved({ ...row, kind: 'unknown', at: this.#now(), by: null });
    }
  }

  /** Tells the panels that an exact switch cannot be reached. `problem` is a sentence. */
  lost(problem: string): void {
    void this.log.append({ extension: null, text: this.#lostMessage(problem) }, {});
  }

  /**
   * Tells which slots of an exact switch are free, after the panel has got the answer to its command. A
   * panel does not know the slot of its `bridge`, and without a call it cannot ask.
   */
  tellFreeSoon(): void {
    const exact = this.#exact;
    if (exact === undefined) return;
    const tell = () => {
      if (exact.problem !== null) return;
      const text = this.#freeMessage(exact.waiting());
      this.log.append({ extension: null, text }, {}).catch(() => {}); // The relay may have ended.
    };
    setTimeout(tell, AFTER_ANSWER_MS).unref();
  }

  #exactMessage(move: ExactMove): string {
    const { by } = move;
    const extension = move.extension ?? this.extensions[0] ?? '0';
    const taker = by?.extension == null ? null : { call: by.call, extension: by.extension };
    return lotMessage({ ...move, extension }, move, this.#now(), taker);
  }

  /** The change of the journal that follows from an answer to a question that was asked at `askedAt`. */
  journalOf(question: Question, answer: Answer, askedAt: number): JournalChange {
    if (this.isExact) return {};
    return this.journal.answered(this.onBehalfOf(question), answer, askedAt);
  }

  /** Takes in an entry of the log. */
  #takeIn({ id, text, isForeign = false }: StoredEntry): void {
    const message = readMessage(text);
    this.#isForeign = isForeign;
    try {
      if (message?.kind === 'call') {
        const change = this.#event(message.fields);
        const hasEnded = change === 'changed' && message.fields['EventType'] === 'hangup';
        if (hasEnded && !this.isExact) this.#lookSoon();
      }
      if (message?.kind === 'asked') {
        const { question, answer, since } = message;
        if (isForeign) {
          if (isCommand(question.action)) this.observations.forget(question.slot);
          else if (answer.kind !== 'unclear')
            this.observations.keep(question, message.replyWith(id), text);
        }
        this.#answered(question, answer, { id, since });
      }
    } finally {
      this.#isForeign = false;
    }
  }

  /** Takes in a call event. Returns its effect on its call. */
  #event(fields: EventFields): RosterChange {
    this.#numbers.learn(fields);
    const change = this.roster.apply(fields);
    if (change === 'changed') this.#stays.event(fields);
    if (change === 'late') this.#stays.callerFound(fields);
    if (change !== 'none') this.pickUps?.event(fields);
    return change;
  }

  #answered(question: Question, answer: Answer, place: { id: number; since: number }): void {
    this.#stays.answered(this.onBehalfOf(question), answer, place);
    this.pickUps?.answered(question, answer);
    if (!this.leads) return;
    if (answer.kind === 'free') this.#inspectNew(answer.slots);
    const isSurprise = answer.kind === 'refused' && answer.code === 'no-such-call';
    if (isSurprise && this.roster.isLive(question.call, question.extension)) {
      void this.currentCalls.reconcile();
    }
  }

  /** Returns a question of a pick-up as one of the person who picks up. */
  onBehalfOf(question: Question): Question {
    const extension = this.pickUps?.personOf(question) ?? question.extension;
    return { ...question, extension };
  }

  /**
   * Takes in the status of an answer. After a time without the switch, web hooks may be missing.
   * Returns true if the switch could be reached until now and this relay asks for all panels: the
   * panels have to learn that the switch cannot be reached.
   */
  replied(status: number): boolean {
    const wasReachable = this.#isReachable;
    this.#isReachable = status < 500;
    if (this.#isReachable && !wasReachable && this.leads) void this.currentCalls.reconcile();
    return wasReachable && !this.#isReachable && this.leads;
  }

  /**
   * The messages that describe the present state to a new subscriber of these extensions. If two of
   * them concern one slot, the first one counts.
   */
  beginning(extensions: readonly string[]): string[] {
    const calls = extensions.flatMap((extension) => this.roster.liveCalls(extension));
    const events = calls.flatMap((call) => call.events.map((fields) => callMessage({ fields })));
    if (this.#exact !== undefined) {
      const { problem } = this.#exact;
      if (problem !== null) return [...events, this.#lostMessage(problem), ...this.journal.notes()];
      const waiting = this.#exact.waiting();
      const held = waiting.map((move) => this.#exactMessage(move));
      return [...events, ...held, this.#freeMessage(waiting), ...this.journal.notes()];
    }
    const waiting = this.#stays.all().filter(({ slot }) => this.observations.hasSlot(slot));
    const moves = waiting.map((stay) => this.#moveOf(stay, 'parked', null));
    return [...events, ...moves, ...this.observations.messages(), ...this.journal.notes()];
  }

  /** The message about the free slots, if these calls wait. */
  #freeMessage(waiting: readonly ExactMove[]): string {
    const all = Array.from({ length: this.#slots }, (_, index) => index + 1);
    const slots = all.filter((slot) => !waiting.some((move) => move.slot === slot));
    const extension = this.extensions[0] ?? '0';
    return askedMessage({ extension, call: 'any', action: 'slots' }, { kind: 'free', slots });
  }

  /** The message about a question that the switch cannot answer, for this reason. */
  #lostMessage(problem: string): string {
    const extension = this.extensions[0] ?? '0';
    const answer = { kind: 'unclear', status: 503, found: problem, retryAfterMs: null } as const;
    return askedMessage({ extension, call: 'any', action: 'slots' }, answer);
  }

  /** Lets the asker look after a call has left its extension: it may be parked with a telephone. */
  #lookSoon(): void {
    const { limit, remaining } = this.upstream.budget;
    const isScarce = limit !== null && remaining !== null && remaining < limit * SCARCE;
    const isSoon = this.#now() - this.#lookedAt < BETWEEN_LOOKS_MS;
    if (!this.leads || isScarce || isSoon) return;
    this.#lookedAt = this.#now();
    this.#asker()?.look();
  }

  /** Lets the asker find out which call waits in a slot that is not free any more. */
  #inspectNew(slots: readonly number[]): void {
    const free = new Set(slots);
    for (let slot = 1; slot <= this.#slots; slot += 1) {
      if (free.has(slot)) this.#inspected.delete(slot);
      else if (!this.#stays.has(slot) && !this.#inspected.has(slot)) {
        this.#inspected.add(slot);
        this.#asker()?.inspect(slot);
      }
    }
  }

  #tellMove(stay: Stay, move: LotReport['move'], takenBy: string | null): void {
    if (this.#isForeign || this.isExact) return; // The other relay, or the switch, tells.
    const arrival = { ...stay, at: stay.parkedAt };
    const journal = this.journal.moved(arrival, move, { at: this.#now(), takenBy });
    const text = this.#moveOf(stay, move, takenBy);
    void this.log.append({ extension: null, text }, { journal });
  }

  #moveOf(stay: Stay, kind: LotReport['move'], takenBy: string | null): string {
    const now = this.#now();
    const at = kind === 'parked' ? stay.parkedAt : now;
    const taker = takenBy === null ? null : { call: null, extension: takenBy };
    return lotMessage({ ...stay, kind, at }, stay, now, taker);
  }

  /** Takes the calls from the messages that the log still has, and the waits from the journal. */
  #restore(): void {
    const entries = this.log.read(this.log.edge);
    for (const { text } of entries === 'gap' ? [] : entries) {
      const message = readMessage(text);
      if (message?.kind !== 'call') continue;
      this.roster.apply(message.fields);
      this.#numbers.learn(message.fields);
    }
    for (const { call, extension, parkedAt } of this.log.journal.table.waiting()) {
      if (extension !== null) this.#stays.restore({ call, extension, parkedAt });
    }
  }
}

/** With less than this share of the hourly budget, the relay only asks in rounds. */
const SCARCE = 0.25;
const BETWEEN_LOOKS_MS = 2_000;
/** How long an answer may travel to its panel, in ms. */
const AFTER_ANSWER_MS = 500;
