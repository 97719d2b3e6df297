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
import { FRAME_MS, Stalls, type Departure, type Wait } from './stall.ts';

/**
 * The lot of FreeSWITCH (`mod_valet_parking`), behind a wrapper that checks a slot before it parks.
 *
 * FreeSWITCH has one operation: a call enters a slot. If another call waits there, the two are
 * connected. Otherwise the call waits. The wrapper calls this operation for `park` and for `bridge`.
 * It refuses a `park` if the list shows a call in the slot. It does not check the result. Some
 * milliseconds pass between its check and the operation.
 *
 * For one frame of 20 ms, a command still meets a call that has just left its slot. An empty slot is
 * not chosen until the next purge.
 *
 * The options `allocate` and `bridgeAny` have no effect. This lot chooses the lowest slot that it
 * believes free, and the call that has waited longest, in whole seconds.
 */
export class FreeswitchLot implements Engine {
  readonly #slots: number;
  readonly #patienceMs: number;
  readonly #dice: Dice;
  readonly #report: (accident: Accident) => void;
  readonly #stalls = new Stalls();
  readonly #waits = new Map<string, Wait>();
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
        return this.#show(now, slot);
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
    if (wait !== undefined) {
      this.#leave({ wait, at: now, how: 'hung-up', command: null });
      this.#tell('abandoned', now, wait, null);
    }
    this.#stalls.settle(uuid);
  }

  advance(now: number): void {
    for (let due = this.#nextDue(); due && due.dueAt <= now; due = this.#nextDue()) {
      const { wait, dueAt } = due;
      this.#leave({ wait, at: dueAt, how: 'up', command: null });
      this.#tell('returned', dueAt, wait, null);
    }
  }

  takeEvents(): EngineEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  nextDeadline(): number | null {
    return this.#nextDue()?.dueAt ?? null;
  }

  dispose(): void {
    this.#waits.clear();
  }

  #show(now: number, slot: number | undefined): Answer {
    if (slot === undefined) {
      return { kind: 'free', slots: this.#all().filter((one) => !this.#stalls.listedIn(one, now)) };
    }
    const wait = this.#stalls.listedIn(slot, now);
    return wait === null ? { kind: 'vacant', slot } : { kind: 'held', slot, uuid: wait.uuid };
  }

  #park(now: number, command: Command): Answer | Pending {
    const { slot } = command;
    if (slot === null) {
      this.#stalls.purge(now);
      const chosen = this.#all().find((one) => this.#stalls.canChoose(one));
      if (chosen === undefined) return refusal('lot-full', 'every slot is taken');
      return this.#enter(now, command, chosen);
    }
    if (this.#stalls.listedIn(slot, now) !== null) return refusal('taken', TAKEN, slot);
    return this.#later((later) => this.#enter(later, command, slot));
  }

  #bridge(now: number, command: Command): Answer | Pending {
    if (command.slot !== null) return this.#enter(now, command, command.slot);
    const waiting = [...this.#waits.values()].filter((wait) => wait.listed);
    const age = (wait: Wait) => Math.floor((now - wait.since) / 1_000);
    const [chosen] = waiting.sort((a, b) => age(b) - age(a) || a.slot - b.slot);
    if (chosen === undefined) return refusal('nobody-waiting', 'nobody waits');
    return this.#later((later) => this.#enter(later, command, chosen.slot));
  }

  #later(finish: (now: number) => Answer): Pending {
    return { kind: 'pending', waitMs: WINDOW_MS, finish };
  }

  /** The operation of FreeSWITCH. The answer is always the one that was asked for. */
  #enter(now: number, command: Command, slot: number): Answer {
    this.#stalls.purge(now);
    const uuid = uuidOf(command.call);
    const own = this.#waits.get(uuid);
    const waiter = this.#stalls.waitIn(slot);
    if (own !== undefined) this.#leave({ wait: own, at: now, how: 'up', command });
    const leaving = this.#stalls.leavingFrom(slot, now);
    if (own !== undefined && own === waiter) {
      this.#tell('silent', now, own, null);
      const commands = [own.command, command];
      this.#report({ kind: 'silent', at: now, slot, calls: [own.call], commands });
    } else if (waiter !== null) {
      this.#connect(now, waiter, command, own === undefined);
    } else if (leaving?.how === 'up' && leaving.wait.uuid !== uuid) {
      // The call may wait in another slot by now.
      const waiter = this.#waits.get(leaving.wait.uuid) ?? leaving.wait;
      this.#connect(now, waiter, command, own === undefined);
    } else {
      this.#wait(now, command, slot, leaving);
    }
    return { kind: doneBy[command.action], slot, uuid: null };
  }

  /** Connects two calls. `atDesk` is true if the call that entered came from an extension. */
  #connect(now: number, waiter: Wait, command: Command, atDesk: boolean): void {
    this.#leave({ wait: waiter, at: now, how: 'bridged', command });
    for (const call of [waiter.call, command.call]) this.#stalls.settle(uuidOf(call));
    const wanted = command.action === 'bridge' && atDesk;
    this.#tell(wanted ? 'bridged' : 'strangers', now, waiter, command.call);
    if (wanted) return;
    const calls = [waiter.call, command.call];
    const commands = [waiter.command, command];
    this.#report({ kind: 'strangers', at: now, slot: waiter.slot, calls, commands });
  }

  #wait(now: number, command: Command, slot: number, leaving: Departure | null): void {
    const { call, extension } = command;
    // FreeSWITCH counts the frames that arrive. Lost frames make the wait longer, never shorter.
    const frames = Math.ceil(
      (this.#patienceMs / FRAME_MS) * (1 + this.#dice.throw() * LOST_FRAMES),
    );
    const wait: Wait = {
      call,
      uuid: uuidOf(call),
      extension,
      slot,
      since: now,
      dueAt: this.#patienceMs === 0 ? null : now + frames * FRAME_MS,
      command,
      listed: leaving === null,
    };
    const cause = this.#stalls.leftFrom(slot)?.command ?? null;
    this.#stalls.enter(wait);
    this.#waits.set(wait.uuid, wait);
    this.#tell('parked', now, wait, null);
    const commands = cause === null ? [command] : [cause, command];
    const accident = { at: now, slot, calls: [call], commands };
    if (command.action === 'bridge') this.#report({ kind: 'asker-parked', ...accident });
    if (!wait.listed) this.#report({ kind: 'orphaned', ...accident });
  }

  #leave(departure: Departure): void {
    this.#stalls.leave(departure);
    this.#waits.delete(departure.wait.uuid);
  }

  #nextDue(): { readonly wait: Wait; readonly dueAt: number } | null {
    let next = null;
    for (const wait of this.#waits.values()) {
      const { dueAt } = wait;
      if (dueAt !== null && (next === null || dueAt < next.dueAt)) next = { wait, dueAt };
    }
    return next;
  }

  #all(): number[] {
    return Array.from({ length: this.#slots }, (_, index) => index + 1);
  }

  #tell(kind: EngineEvent['kind'], at: number, wait: Wait, by: string | null): void {
    const { slot, call, extension } = wait;
    this.#events.push({ kind, at, slot, call, extension, by });
  }
}

/** The answer to a command that was carried out. */
const doneBy = { park: 'parked', bridge: 'bridged' } as const satisfies Record<
  CommandAction,
  Answer['kind']
>;

function noSuchSlot(slot: number, highest: number): Answer {
  return refusal('no-such-slot', `the slots are 1 to ${highest}`, slot);
}

/** The documented sentence for a taken slot. Clients recognise it. */
const TAKEN = 'slot already have parked member, slot is full';

/**
 * The time between the check of the wrapper and the operation. It is shorter than a frame, because
 * both run on one machine.
 */
const WINDOW_MS = 10;

/** The largest share of frames that a line loses. */
const LOST_FRAMES = 0.02;
