import { type Answer, type Question } from 'valet-park';
import { Lot, type LotOptions } from 'valet-park/lot';
import type { Accident } from '../accident.ts';
import { commandOf, type Command, type CommandAction } from '../command.ts';
import { uuidOf } from '../../call-uuid.ts';
import { DEFAULT_PATIENCE_MS, DEFAULT_SLOTS } from '../../defaults.ts';
import type { Engine, EngineEvent, Pending } from '../engine.ts';
import { Dice } from '../faults/dice.ts';
import { refusal } from '../refusal.ts';
import { unhandled } from '../../unhandled.ts';
import { type Entry, ValetModule, type ValetRow } from './valet-module.ts';

/** A call that has entered a slot. */
interface Wait {
  /** The `call_api_id`. */
  readonly call: string;
  readonly uuid: string;
  /** The extension that the call returns to. */
  readonly extension: string;
  readonly slot: number;
  /** The row by which the call leaves. */
  readonly row: ValetRow;
  /** When the call returns, in ms. Null if it may wait for ever. */
  readonly dueAt: number | null;
  /** The command that parked the call. */
  readonly command: Command;
}

/** A call that is on its way out of its slot. */
interface Departure {
  readonly wait: Wait;
  /** When the call leaves its row, in ms. */
  readonly at: number;
  /** The command that took the call out. Null if the caller hung up. */
  readonly cause: Command | null;
}

/**
 * The lot of FreeSWITCH (`mod_valet_parking`), behind a wrapper that checks a slot before it parks.
 *
 * FreeSWITCH has one operation: a call enters a slot. If another call waits there, the two are
 * connected. Otherwise the call waits. The wrapper calls this operation for `park` and for `bridge`.
 * It refuses a `park` if the list shows a call in the slot. It does not check the result. Some
 * milliseconds pass between its check and the operation.
 *
 * A call that is fetched, or that hangs up, leaves its row a packet of speech later. FreeSWITCH needs at most
 * that long. `ValetModule` says what happens to a call that enters meanwhile.
 *
 * The options `allocate` and `bridgeAny` have no effect. FreeSWITCH chooses the lowest slot that it
 * believes free, and the oldest row.
 */
export class FreeswitchLot implements Engine {
  readonly #slots: number;
  readonly #patienceMs: number;
  readonly #dice: Dice;
  readonly #report: (accident: Accident) => void;
  readonly #valet = new ValetModule();
  /** The calls that wait, by their uuid. */
  readonly #waits = new Map<string, Wait>();
  /** The calls that have returned to their extensions and are up, by their uuid. */
  readonly #returned = new Map<string, Wait>();
  /** The calls that leave their rows soon, in order. */
  readonly #departures: Departure[] = [];
  /** The command that took the last call out of a row. */
  readonly #causes = new WeakMap<ValetRow, Command>();
  #events: EngineEvent[] = [];

  /** @throws ValetError for invalid options. */
  constructor(options: LotOptions, report: (accident: Accident) => void) {
    new Lot(options).dispose(); // It checks the options, which are the same for both lots.
    this.#slots = options.slots ?? DEFAULT_SLOTS;
    this.#patienceMs = options.patienceMs ?? DEFAULT_PATIENCE_MS;
    this.#dice = new Dice(options.seed ?? Math.floor(Math.random() * 2 ** 32), 'frames');
    this.#report = report;
  }

  ask(now: number, question: Question): Answer | Pending {
    const { action, slot } = question;
    if (slot !== undefined && slot > this.#slots) return noSuchSlot(slot, this.#slots);
    switch (action) {
      case 'slots':
        return this.#show(slot);
      case 'park':
        return this.#park(now, commandOf(now, question, action));
      case 'bridge':
        return this.#bridge(now, commandOf(now, question, action));
      default:
        return unhandled(action);
    }
  }

  hangup(now: number, call: string): void {
    const uuid = uuidOf(call);
    const wait = this.#waits.get(uuid);
    this.#returned.delete(uuid);
    if (wait === undefined) return;
    this.#leaveSoon(now, wait, null);
    this.#tell('abandoned', now, wait, null);
  }

  advance(now: number): void {
    for (;;) {
      const due = this.#nextDue();
      const [departure] = this.#departures;
      if (departure !== undefined && departure.at <= Math.min(now, due?.dueAt ?? now)) {
        this.#departures.shift();
        this.#leave(departure);
      } else if (due !== null && due.dueAt <= now) this.#return(due);
      else return;
    }
  }

  takeEvents(): EngineEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  nextDeadline(): number | null {
    const times = [this.#departures[0]?.at, this.#nextDue()?.dueAt];
    const next = Math.min(...times.map((time) => time ?? Infinity));
    return next === Infinity ? null : next;
  }

  dispose(): void {
    this.#waits.clear();
  }

  #show(slot: number | undefined): Answer {
    if (slot === undefined) return { kind: 'free', slots: this.#free() };
    const row = this.#valet.listedIn(LOT, String(slot));
    return row === null ? { kind: 'vacant', slot } : { kind: 'held', slot, uuid: row.uuid };
  }

  #park(now: number, command: Command): Answer | Pending {
    const { slot } = command;
    if (slot === null) {
      const entry = this.#valet.enterFree(this.#anySlot(command), now);
      if (entry.kind === 'none') return refusal('lot-full', 'every slot is taken');
      return this.#entered(now, command, entry, this.#moveOut(now, command));
    }
    if (this.#valet.listedIn(LOT, String(slot)) !== null) return refusal('taken', TAKEN, slot);
    return later((then) => this.#enter(then, command, slot));
  }

  #bridge(now: number, command: Command): Answer | Pending {
    const { slot } = command;
    if (slot !== null) return this.#enter(now, command, slot);
    if (this.#free().length === this.#slots) return refusal('nobody-waiting', 'nobody waits');
    return later((then) => {
      const isMoving = this.#moveOut(then, command);
      const isUp = (uuid: string) => this.#isUp(uuid, command);
      const entry = this.#valet.enterLongest(this.#anySlot(command), then, isUp);
      return this.#entered(then, command, entry, isMoving);
    });
  }

  /** The operation of FreeSWITCH. */
  #enter(now: number, command: Command, slot: number): Answer {
    const isMoving = this.#moveOut(now, command);
    const call = { lot: LOT, slot: String(slot), uuid: uuidOf(command.call) };
    const entry = this.#valet.enter(call, now, (uuid) => this.#isUp(uuid, command));
    return this.#entered(now, command, entry, isMoving);
  }

  /**
   * Lets a call leave the slot in which it waits, because it enters another one. Returns false if the
   * call does not wait.
   */
  #moveOut(now: number, command: Command): boolean {
    const wait = this.#waits.get(uuidOf(command.call));
    if (wait === undefined) return false;
    this.#waits.delete(wait.uuid);
    this.#causes.set(wait.row, command);
    this.#leave({ wait, at: now, cause: command });
    return true;
  }

  /**
   * True if a call that enters can meet this call. FreeSWITCH also takes a call away from the call that
   * it talks with. The exchange cannot do that.
   */
  #isUp(uuid: string, { call }: Command): boolean {
    return this.#waits.has(uuid) || this.#returned.has(uuid) || uuid === uuidOf(call);
  }

  /**
   * Follows from the fate of a call. `isMoving` is true if the call came from another slot. The answer
   * is the one that was asked for, whatever happened.
   */
  #entered(now: number, command: Command, entry: Entry, isMoving: boolean): Answer {
    if (entry.kind === 'none') return refusal('nobody-waiting', 'nobody waits');
    const slot = Number(entry.row.slot);
    const uuid = uuidOf(command.call);
    const waiter = entry.kind === 'connected' ? entry.waiter : null;
    const met =
      waiter === null ? undefined : (this.#waits.get(waiter) ?? this.#returned.get(waiter));
    if (waiter === uuid) this.#meetItself(now, command, slot);
    else if (met !== undefined) this.#connect(now, met, command, isMoving);
    else this.#wait(now, command, entry.row);
    return { kind: doneBy[command.action], slot, uuid: null };
  }

  #meetItself(now: number, command: Command, slot: number): void {
    const { call, extension } = command;
    this.#returned.delete(uuidOf(call));
    this.#events.push({ kind: 'silent', at: now, slot, call, extension, by: null });
    this.#report({ kind: 'silent', at: now, slot, calls: [call], commands: [command] });
  }

  #connect(now: number, met: Wait, command: Command, isMoving: boolean): void {
    if (this.#waits.has(met.uuid)) this.#leaveSoon(now, met, command);
    for (const uuid of [met.uuid, uuidOf(command.call)]) this.#returned.delete(uuid);
    const isWanted = command.action === 'bridge' && !isMoving;
    this.#tell(isWanted ? 'bridged' : 'strangers', now, met, command.call);
    if (isWanted) return;
    const calls = [met.call, command.call];
    const commands = [met.command, command];
    this.#report({ kind: 'strangers', at: now, slot: met.slot, calls, commands });
  }

  #wait(now: number, command: Command, row: ValetRow): void {
    const { call, extension } = command;
    // FreeSWITCH counts the packets that arrive. Lost packets make the wait longer, never shorter.
    const packets = Math.ceil(
      (this.#patienceMs / PACKET_MS) * (1 + this.#dice.throw() * LOST_PACKETS),
    );
    const slot = Number(row.slot);
    const dueAt = this.#patienceMs === 0 ? null : now + packets * PACKET_MS;
    const wait = { call, uuid: uuidOf(call), extension, slot, row, dueAt, command };
    this.#returned.delete(wait.uuid);
    this.#waits.set(wait.uuid, wait);
    this.#tell('parked', now, wait, null);
    if (command.action !== 'bridge') return;
    const commands = commandsOf(this.#causes.get(row), command);
    this.#report({ kind: 'asker-parked', at: now, slot, calls: [call], commands });
  }

  #return(wait: Wait & { readonly dueAt: number }): void {
    const at = wait.dueAt;
    this.#waits.delete(wait.uuid);
    this.#returned.set(wait.uuid, wait);
    this.#leave({ wait, at, cause: null });
    this.#tell('returned', at, wait, null);
  }

  #leaveSoon(now: number, wait: Wait, cause: Command | null): void {
    this.#waits.delete(wait.uuid);
    if (cause === null) this.#causes.delete(wait.row);
    else this.#causes.set(wait.row, cause);
    this.#departures.push({ wait, at: now + PACKET_MS, cause });
  }

  /** A call leaves by its row. A call that has taken over the row is lost then. */
  #leave({ wait: { row, slot }, at, cause }: Departure): void {
    const newcomer = this.#waits.get(row.uuid);
    const isLost = !row.isLeft && newcomer?.row === row;
    this.#valet.leave(row);
    if (newcomer === undefined || !isLost) return;
    const { call, command } = newcomer;
    const commands = commandsOf(cause, command);
    this.#report({ kind: 'orphaned', at, slot, calls: [call], commands });
  }

  #nextDue(): (Wait & { readonly dueAt: number }) | null {
    let next = null;
    for (const wait of this.#waits.values()) {
      const { dueAt } = wait;
      if (dueAt !== null && (next === null || dueAt < next.dueAt)) next = { ...wait, dueAt };
    }
    return next;
  }

  #anySlot({ call }: Command) {
    return { lot: LOT, min: 1, max: this.#slots, uuid: uuidOf(call) };
  }

  /** The slots in which the list shows no call. */
  #free(): number[] {
    const all = Array.from({ length: this.#slots }, (_, index) => index + 1);
    return all.filter((slot) => this.#valet.listedIn(LOT, String(slot)) === null);
  }

  #tell(kind: EngineEvent['kind'], at: number, wait: Wait, by: string | null): void {
    const { slot, call, extension } = wait;
    this.#events.push({ kind, at, slot, call, extension, by });
  }
}

/** A command that is carried out some milliseconds after its check. */
function later(finish: (now: number) => Answer): Pending {
  return { kind: 'pending', waitMs: WINDOW_MS, finish };
}

function commandsOf(cause: Command | null | undefined, command: Command): Command[] {
  return cause == null ? [command] : [cause, command];
}

/** The answer to a command that was carried out. */
const doneBy = { park: 'parked', bridge: 'bridged' } as const satisfies Record<
  CommandAction,
  Answer['kind']
>;

function noSuchSlot(slot: number, highest: number): Answer {
  return refusal('no-such-slot', `the slots are 1 to ${highest}`, slot);
}

/** The name of the lot in the tables. It has no meaning. */
const LOT = 'lot';

/** The documented sentence for a taken slot. Clients recognise it. */
const TAKEN = 'slot already have parked member, slot is full';

/** The length of one packet of speech. FreeSWITCH handles a call on hold once per packet. */
const PACKET_MS = 20;

/**
 * The time between the check of the wrapper and the operation. It is shorter than a packet, because
 * both run on one machine.
 */
const WINDOW_MS = 10;

/** The largest share of packets that a line loses. */
const LOST_PACKETS = 0.02;
