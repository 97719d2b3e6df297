/**
 * The values that the mirror of the core returns. Rust writes them, and a test compares the fields.
 */

import type { ErrorDetails } from './error.js';
import type { CallEvent } from './event.js';
import type { CallView, Departure, SlotView, SyncView } from './views.js';
import type { TabMessage } from './tab_words.js';
import type { HttpRequest } from './wire.js';

/** The consequences of one input. The engine carries them out. */
export interface Effects {
  /** When to call `wake`, in ms on the clock of the client. Null if no call is needed. */
  readonly wakeAt: number | null;
  readonly requests: readonly TicketedRequest[];
  readonly notices: readonly Notice[];
  readonly changes: Changes;
  /** The messages for other tabs. Empty if this client shares no messages. */
  readonly messages: readonly TabMessage[];
}

/** A request to send. The engine passes the answer and the ticket back to the mirror. */
export interface TicketedRequest {
  readonly ticket: number;
  readonly request: HttpRequest;
  /** True if the request parks or connects a call. */
  readonly isAct: boolean;
  /** True if no command waits for the answer. */
  readonly isBackground: boolean;
}

/** A request that changes what is noted of a call, and the message that reports the change. */
export interface NoteRequest {
  readonly request: HttpRequest;
  readonly message: TabMessage;
}

/** The views that differ from those before the input. */
export interface Changes {
  readonly slots: readonly SlotView[];
  readonly calls: CallChanges;
  /** All departures, newest first; null if no departure changed. */
  readonly departures: readonly Departure[] | null;
  /** Null if the sync did not change. */
  readonly sync: OwnSync | null;
}

/** The calls that are new or changed, and those that are gone. New calls come last. */
export interface CallChanges {
  readonly changed: readonly CallView[];
  readonly gone: readonly CallKey[];
}

/** Names one call of one extension. */
export type CallKey = Pick<CallView, 'extension' | 'uuid'>;

/** The sync of this client. The core does not know the role of the tab. */
export type OwnSync = Omit<SyncView, 'role'>;

/** A notice for the application. */
export type Notice =
  /** A command succeeded. */
  | { readonly kind: 'settled'; readonly id: number; readonly result: CommandResult }
  /** A command failed. */
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorDetails }
  | { readonly kind: 'parked'; readonly slot: number }
  | { readonly kind: 'departed'; readonly departure: Departure }
  | { readonly kind: 'due'; readonly slot: number; readonly leftMs: 60_000 | 30_000 | 10_000 }
  | { readonly kind: 'trouble'; readonly error: ErrorDetails };

/** The result of a command that succeeded. */
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

/** A call event with `raw` as pairs, because an object cannot have a field `__proto__`. */
export interface CallEventFields extends Omit<CallEvent, 'raw'> {
  readonly raw: readonly (readonly [name: string, value: string])[];
}
