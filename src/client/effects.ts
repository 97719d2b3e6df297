/** What the mirror of the core returns. Rust writes these types; a test compares the fields. */

import type { ErrorDetails } from './error.js';
import type { CallEvent } from './event.js';
import type { CallView, Departure, SlotView, SyncView } from './snapshot.js';
import type { HttpRequest } from './wire.js';

/** Everything that has to be done because of one input. */
export interface Effects {
  /** When `wake` has to be called, in ms on the clock of the client. */
  readonly wakeAt: number | null;
  readonly requests: readonly TicketedRequest[];
  readonly notices: readonly Notice[];
  readonly changes: Changes;
}

/** A request to be sent. The mirror gets the answer with the ticket. */
export interface TicketedRequest {
  readonly ticket: number;
  readonly request: HttpRequest;
  /** True if the request parks or connects a call. */
  readonly isAct: boolean;
}

/** The views that differ from those before the input. */
export interface Changes {
  readonly slots: readonly SlotView[];
  readonly calls: CallChanges;
  /** All departures, newest first; null if no departure changed. */
  readonly departures: readonly Departure[] | null;
  /** Null if it did not change. */
  readonly sync: OwnSync | null;
}

/** The calls that are new or changed, and those that are gone. New calls come last. */
export interface CallChanges {
  readonly changed: readonly CallView[];
  readonly gone: readonly CallKey[];
}

/** Names one call of one extension. */
export type CallKey = Pick<CallView, 'extension' | 'uuid'>;

/** How this client stands with the switch. Its tab may have another role. */
export type OwnSync = Omit<SyncView, 'role'>;

/** Something that a panel is told. */
export type Notice =
  /** A command ended well. */
  | { readonly kind: 'settled'; readonly id: number; readonly result: CommandResult }
  /** A command ended with an error. */
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorDetails }
  | { readonly kind: 'parked'; readonly slot: number }
  | { readonly kind: 'departed'; readonly departure: Departure }
  | { readonly kind: 'due'; readonly slot: number; readonly leftMs: 60_000 | 30_000 | 10_000 }
  | { readonly kind: 'trouble'; readonly error: ErrorDetails };

/** What a command that ended well resolves with. */
export type CommandResult =
  | {
      readonly kind: 'parked';
      readonly slot: number;
      readonly uuid: string;
      readonly returnsAt: number | null;
      readonly confirmed: boolean;
    }
  | {
      readonly kind: 'bridged';
      readonly slot: number | null;
      readonly uuid: string | null;
      readonly confirmed: boolean;
    }
  | { readonly kind: 'inspected'; readonly slot: number }
  | { readonly kind: 'free'; readonly slots: readonly number[] }
  | { readonly kind: 'refreshed' };

/** A call event whose fields are pairs. An object could not have the field `__proto__`. */
export interface CallEventFields extends Omit<CallEvent, 'raw'> {
  readonly raw: readonly (readonly [name: string, value: string])[];
}
