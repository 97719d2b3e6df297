import type { ValetError } from './error.js';

/** The result of `park`. */
export interface Parked {
  /** The slot in which the call waits, from 1. */
  readonly slot: number;
  /** The UUID with which the slot answers. */
  readonly uuid: string;
  /**
   * When the call returns to its extension, in ms on the clock of the client. Null if the call may
   * wait for ever.
   */
  readonly returnsAt: number | null;
  /** True if the client has seen the call in the slot. False if only the switch says so. */
  readonly confirmed: boolean;
  /** Why the server did not store the note. Missing if it did, or if there was no note. */
  readonly noteError?: ValetError;
}

/** The result of `bridge`. */
export interface Bridged {
  /** The slot in which the other call waited, from 1. Null if the switch did not say. */
  readonly slot: number | null;
  /**
   * The UUID of the other call: the one that the switch names, or else the one that waited in the
   * slot just before. Null if unknown.
   */
  readonly uuid: string | null;
  /**
   * True if the client has seen that the other call left the slot. False if only the switch says
   * so.
   */
  readonly confirmed: boolean;
}

/** The result of `pickUp`. */
export interface PickedUp {
  /** The slot in which the call waited, from 1. */
  readonly slot: number;
  /** The UUID of the call that is connected with the telephone of the extension. */
  readonly uuid: string;
}

/** The note on a parked call. Each text has at most 200 characters. */
export interface NoteTexts {
  /** Null and an empty text remove the note. If the field is missing, the note stays as it is. */
  readonly note?: string | null | undefined;
  /** The name of the person who should take the call. Null and a missing field mean the same as in
   *  `note`. */
  readonly for?: string | null | undefined;
}
