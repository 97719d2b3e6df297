import { Lot, parseCallApiId, type Answer, type LotOptions, type Question } from 'valet-park';
import { commandOf, type Accident, type Command } from '../accident.ts';
import type { Engine, EngineEvent, Pending } from '../engine.ts';
import { Dice } from '../faults/dice.ts';
import { refusal } from '../refusal.ts';
import { FRAME_MS, Stalls, type Departure, type Wait } from './stall.ts';

/**
 * A lot as FreeSWITCH has it, behind a wrapper that looks before it parks.
 *
 * It has one verb. A call enters a slot; if somebody waits there the two are connected, else it
 * waits. The wrapper gives that verb the names `park` and `bridge`, refuses a park where the list
 * shows a call, and answers without looking what came of it. Between its look and its deed pass
 * some milliseconds. A stall that was just left is haunted for a frame of 20 ms, and is not chosen
 * until the next purge.
 *
 * `allocate` and `bridgeAny` mean nothing here: it takes the lowest slot that it believes free, and
 * the call that has waited longest, in whole seconds.
 */
export class FreeswitchLot implements Engine {
  readonly #slots: number;
  readonly #patienceMs: number;
  readonly #dice: Dice;
  readonly #report: (accident: Accident) => void;
  readonly #stalls = new Stalls();
  readonly #waits = new Map<string, Wait>();
  #events: EngineEvent[] = [];

  /** @throws ValetError for options that make no sense. */
  constructor(options: LotOptions, report: (accident: Accident) => void) {
    new Lot(options).dispose(); // What makes sense for the one makes sense for the other.
    this.#slots = options.slots ?? 9;
    this.#patienceMs = options.patienceMs ?? 180_000;
    this.#dice = new Dice(options.seed ?? Math.floor(Math.random() * 2 ** 32), 'frames');
    this.#report = report;
  }

  ask(now: number, question: Question): Answer | Pending {
    const { slot } = question;
    if (slot !== undefined && slot > this.#slots) return noSuchSlot(slot, this.#slots);
    if (question.action === 'slots') return this.#show(now, slot);
    const command = commandOf(now, question);
    return question.action === 'park' ? this.#park(now, command) : this.#bridge(now, command);
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
    return { waitMs: WINDOW_MS, finish: (later) => this.#enter(later, command, slot) };
  }

  #bridge(now: number, command: Command): Answer | Pending {
    if (command.slot !== null) return this.#enter(now, command, command.slot);
    const waiting = [...this.#waits.values()].filter((wait) => wait.listed);
    const age = (wait: Wait) => Math.floor((now - wait.since) / 1_000);
    const [chosen] = waiting.sort((a, b) => age(b) - age(a) || a.slot - b.slot);
    if (chosen === undefined) return refusal('nobody-waiting', 'nobody waits');
    return { waitMs: WINDOW_MS, finish: (later) => this.#enter(later, command, chosen.slot) };
  }

  /** The one verb. What it answers is what was asked for, whatever happened. */
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
      // By now it may wait elsewhere.
      const waiter = this.#waits.get(leaving.wait.uuid) ?? leaving.wait;
      this.#connect(now, waiter, command, own === undefined);
    } else {
      this.#wait(now, command, slot, leaving);
    }
    const kind = command.action === 'park' ? 'parked' : 'bridged';
    return { kind, slot, uuid: null };
  }

  /** `atDesk`: the call that entered came from an extension, which a bridge leaves connected. */
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
    // Frames that the line loses are not counted, so the time stretches, and never shrinks.
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

function noSuchSlot(slot: number, highest: number): Answer {
  return refusal('no-such-slot', `the slots are 1 to ${highest}`, slot);
}

function uuidOf(call: string): string {
  return parseCallApiId(call).uuid;
}

/** The sentence by which clients are documented to know it. */
const TAKEN = 'slot already have parked member, slot is full';

/** Between the wrapper's look and its deed. Shorter than a frame, as both are on one machine. */
const WINDOW_MS = 10;

/** The largest part of the frames that a line loses. */
const LOST_FRAMES = 0.02;
