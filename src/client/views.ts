import type { Party } from './event.js';

/*
 * Every time in this file is in ms on the clock of the client, like `Date.now()`, unless the option
 * `clock` names another clock. Every length is in ms. Slots count from 1.
 */

/** One slot, as a page may show it. The view of slot n is `Snapshot.slots[n - 1]`. */
export interface SlotView {
  /** The number of the slot, from 1. */
  readonly slot: number;
  /**
   * `free`: no call waits in the slot. `held`: a call waits. `returning`: a call waited until its
   * time was over, and no answer shows yet that the call has left. `unknown`: the client does not
   * know. An unknown slot may hold a call, so do not show it as free.
   */
  readonly state: 'unknown' | 'free' | 'held' | 'returning';
  /** The command of this client that acts on the slot, from its start to its end. Null if none. */
  readonly pending: 'parking' | 'bridging' | null;
  /**
   * True if an answer or an event shows this state, and the client would have noticed a change.
   *
   * `confirmed` becomes false about 5 seconds after the next check is overdue: without a live call,
   * a network, a request budget or a visible page the client cannot check.
   */
  readonly confirmed: boolean;
  /**
   * When the latest answer or event about the slot arrived, in ms on the clock of the client. Null
   * if none has arrived.
   */
  readonly checkedAt: number | null;
  /**
   * The UUID of the waiting call. Null if no call waits, or if the switch only said that the slot
   * is held.
   */
  readonly uuid: string | null;
  /** The `call_api_id` of the waiting call. Null if no event, message or command has named it. */
  readonly call: string | null;
  /** The person who waits. Null if no event or message has named them. */
  readonly caller: Party | null;
  /** The extension that parked the call. Null if unknown: the client never guesses. */
  readonly parkedBy: string | null;
  /** True if an extension of this client parked the call. */
  readonly mine: boolean;
  /**
   * When the wait began, in ms on the clock of the client. If `exact` is false, the call has waited
   * since then or longer. Null if no call is known to wait.
   */
  readonly heldSince: number | null;
  /** True if `heldSince` is exact, because the client knows when the call was parked. */
  readonly exact: boolean;
  /**
   * When the call returns to its extension, in ms on the clock of the client: `heldSince` plus the
   * patience. If `exact` is false, this is the latest time. Null if no call is known to wait, or if
   * it may wait for ever.
   */
  readonly returnsAt: number | null;
  /**
   * The note on the call, at most 200 characters. Null if there is no note, or if the server keeps no
   * notes. Show it as text, never as HTML.
   */
  readonly note: string | null;
  /** The name of the person who should take the call. Null if the note names no person. */
  readonly forWhom: string | null;
}

/** One live call of an extension of this client. */
export interface CallView {
  /** The `call_api_id`. Pass it to `park` and `bridge`. */
  readonly call: string;
  /**
   * The `CallID` of the call events. It stays the same when the call is forwarded or returns. Null
   * if unknown.
   */
  readonly callId: string | null;
  /** The SIP Call-ID of the leg at the extension. Null if no event has named it. */
  readonly sipCallId: string | null;
  /** The part of `call` with which a slot answers. */
  readonly uuid: string;
  /** The extension that has the call. */
  readonly extension: string;
  /** `in`: the extension was called. `out`: the extension called. Null if unknown. */
  readonly direction: 'in' | 'out' | null;
  /** The end that placed the call. Null if no event has named it. */
  readonly caller: Party | null;
  /** The end that was called. Null if no event has named it. */
  readonly called: Party | null;
  readonly state: 'ringing' | 'talking' | 'parked';
  /** When the call entered this state, in ms on the clock of the client. */
  readonly since: number;
  /** The slot in which the call waits, from 1. Null if no slot is known. */
  readonly slot: number | null;
  /**
   * The slot from which the call came back to its extension, and how long it had waited there, in ms.
   * The client recognizes the call by its name or its thread. If both are new, the number and the
   * time count, but only if they fit one parked call. Null if the call did not come back, or if the
   * client does not know.
   */
  readonly returnedFrom: ReturnedFrom | null;
  /** The command of this client that acts on the call, from its start to its end. Null if none. */
  readonly pending: 'parking' | 'bridging' | null;
}

/** The slot from which a call came back to its extension. */
export interface ReturnedFrom {
  /** The slot in which the call waited, from 1. */
  readonly slot: number;
  /** How long the call waited there, as far as the client has seen, in ms. */
  readonly waitedMs: number;
}

/** A call that has left its slot. */
export interface Departure {
  /** The slot in which the call waited, from 1. */
  readonly slot: number;
  /** The UUID of the call. */
  readonly uuid: string;
  /** The `call_api_id` of the call. Null if no event or message has named it. */
  readonly call: string | null;
  /** The person who waited. Null if no event or message has named them. */
  readonly caller: Party | null;
  /**
   * When the client noticed the departure, in ms on the clock of the client. The call may have left
   * earlier.
   */
  readonly at: number;
  /**
   * `bridged`: the call was connected with another call. `returned`: its time was over, and it
   * returned to the extension that parked it. `abandoned`: the caller hung up. `unknown`: the
   * client has no evidence for any of these.
   */
  readonly reason: 'bridged' | 'returned' | 'abandoned' | 'unknown';
  /** True if an extension of this client parked the call. */
  readonly mine: boolean;
  /** The extension that parked the call. Null if unknown: the client never guesses. */
  readonly parkedBy: string | null;
  /** The extension whose call was connected with this call. Null if unknown or not connected. */
  readonly takenBy: string | null;
  /** The note on the call when it left. Null if there was none. */
  readonly note: string | null;
  /** The name of the person who should have taken the call. Null if the note named no person. */
  readonly forWhom: string | null;
  /** How long the call waited, or longer, in ms: since the client saw it arrive. */
  readonly waitedMs: number;
}

/** How current a snapshot is: the connection to the switch. */
export interface SyncView {
  /**
   * - `live`: a feed reports every change.
   * - `asking`: the client asks regularly or waits for an answer, or a relay asks for all clients.
   * - `idle`: the client asks nothing. The page has no subscriber or is hidden, or the option
   *   `asking` is `'off'`.
   * - `blind`: the client wants to ask, but no call is live, and every question must name a live
   *   call.
   * - `limited`: the hourly request budget is low or used up, or the switch wants fewer requests.
   * - `offline`: the switch cannot be reached, or fails with status 500 or higher.
   * - `unauthorized`: the switch refused the token with status 401.
   * - `lost`: the core failed and was replaced. The client has not asked about every slot again
   *   yet.
   * - `closed`: the client is disposed.
   */
  readonly state:
    | 'idle'
    | 'live'
    | 'asking'
    | 'blind'
    | 'limited'
    | 'offline'
    | 'unauthorized'
    | 'lost'
    | 'closed';
  /**
   * When the latest answer of the switch arrived, in ms on the clock of the client. Null if none
   * has arrived.
   */
  readonly checkedAt: number | null;
  /**
   * When the next background request is due, in ms on the clock of the client. Null if none is
   * planned.
   */
  readonly nextAskAt: number | null;
  /**
   * `leader`: this tab asks in the background for all tabs of the lot. `follower`: another tab
   * does. `solo`: this tab does not work with other tabs.
   */
  readonly role: 'leader' | 'follower' | 'solo';
  /**
   * The hourly request budget, which all applications of the account share. A field is null if the
   * switch has not reported it.
   */
  readonly budget: {
    /** The number of requests in an hour. */
    readonly limit: number | null;
    /** The number of requests that are left. */
    readonly remaining: number | null;
    /** When the next budget starts, in ms on the clock of the client. */
    readonly resetsAt: number | null;
  };
  /** How long a call may wait, in ms. */
  readonly patience: {
    /** The option `patienceMs`. With 0 a call may wait for ever. */
    readonly toldMs: number;
    /**
     * How long calls really waited before they returned. Null until two calls in a row waited
     * equally long. If it differs from `toldMs`, correct the option.
     */
    readonly seenMs: number | null;
  };
}

/**
 * Everything that a page may show at one moment.
 *
 * A snapshot is frozen. `getSnapshot` returns the same object until something changes, and a new
 * snapshot shares all unchanged parts with the last one. So a page can compare with `===`.
 *
 * A snapshot holds no countdown, because that would change all the time. To show one, call
 * `remaining(slot)` on a timer, or subtract the time from `returnsAt`.
 */
export interface Snapshot {
  /** A number that grows with each change. */
  readonly revision: number;
  /** All slots, in ascending order. Slot n has the index n - 1. */
  readonly slots: readonly SlotView[];
  /** The live calls of the extensions of this client, oldest first. */
  readonly calls: readonly CallView[];
  /** The latest departures, newest first, at most 20. */
  readonly departures: readonly Departure[];
  readonly sync: SyncView;
}

/**
 * The place of a call.
 *
 * - `parked`: the call waits in `slot`, from 1. `confirmed` is that of the slot.
 * - `talking`, `ringing`: the call is live at an extension of this client.
 * - `gone`: the call has left its slot or has ended. `at` is when the client noticed, in ms on the
 *   clock of the client.
 * - `unknown`: the client does not know the call, or does not know in which slot it waits.
 */
export type Whereabouts =
  | { readonly state: 'parked'; readonly slot: number; readonly confirmed: boolean }
  | { readonly state: 'talking' | 'ringing' }
  | { readonly state: 'gone'; readonly reason: Departure['reason']; readonly at: number }
  | { readonly state: 'unknown' };
