// The same work as a web developer writes it by hand: zod reads what comes in, zustand with immer
// keeps the state. The fields and their meaning are those of the client.

import { original, produce } from 'immer';
import * as v from 'valibot';
import * as z from 'zod';
import { createStore } from 'zustand/vanilla';

/*
 * Requests and answers.
 */

const extension = /^(@(\d+\*)?)?\d+$/;
// No separators of a URL, no control characters, and not `.` or `..`.
const call = /^(?!\.{1,2}$)[^/?#%\p{Cc}]{1,256}$/u;

const zodQuestion = z.object({
  extension: z.string().regex(extension),
  call: z.string().regex(call),
  action: z.enum(['park', 'bridge', 'slots']),
  slot: z.number().int().min(1).max(9).optional(),
});
const zodSlot = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const zodBody = z.object({
  slot: zodSlot.optional(),
  slots: z.array(zodSlot).optional(),
  UUID: z.string().nullish(),
  message: z.string().optional(),
});

const valibotQuestion = v.object({
  extension: v.pipe(v.string(), v.regex(extension)),
  call: v.pipe(v.string(), v.regex(call)),
  action: v.picklist(['park', 'bridge', 'slots']),
  slot: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9))),
});
const valibotSlot = v.union([
  v.number(),
  v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number)),
]);
const valibotBody = v.object({
  slot: v.optional(valibotSlot),
  slots: v.optional(v.array(valibotSlot)),
  UUID: v.nullish(v.string()),
  message: v.optional(v.string()),
});

/**
 * Builds requests and reads answers, with one library or the other.
 *
 * @param {(question: unknown) => z.infer<typeof zodQuestion>} readQuestion
 * @param {(body: unknown) => z.infer<typeof zodBody>} readBody
 */
function protocol(readQuestion, readBody) {
  return {
    /** @param {unknown} given */
    buildRequest(given) {
      const { extension, call, action, slot } = readQuestion(given);
      const body = slot === undefined ? { action } : { action, slot: String(slot) };
      return {
        method: 'PUT',
        path: `/extension/${encodeURIComponent(extension)}/valet_park/${encodeURIComponent(call)}`,
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      };
    },
    /** @param {unknown} given @param {number} status @param {string} body */
    readAnswer(given, status, body) {
      const { action, slot } = readQuestion(given);
      const said = readBody(JSON.parse(body));
      if (status >= 400) return { kind: 'refused', status, message: said.message };
      if (said.slot !== undefined && said.slot !== slot) return { kind: 'unclear', status };
      if (action === 'park') return { kind: 'parked', slot, uuid: said.UUID };
      if (action === 'bridge') return { kind: 'bridged', slot, uuid: said.UUID };
      if (said.slots) return { kind: 'free', slots: [...said.slots].sort((a, b) => a - b) };
      return said.UUID ? { kind: 'held', slot, uuid: said.UUID } : { kind: 'vacant', slot };
    },
  };
}

export const withZod = protocol(
  (given) => zodQuestion.parse(given),
  (body) => zodBody.parse(body),
);
export const withValibot = protocol(
  (given) => /** @type {any} */ (v.parse(valibotQuestion, given)),
  (body) => /** @type {any} */ (v.parse(valibotBody, body)),
);

/*
 * Call events and the snapshot.
 */

const text = z.string().optional();
const eventFields = z.object({
  EventType: z.string(),
  EventTime: z.coerce.number().optional(),
  CallAPIID: text,
  CallID: text,
  SubCallID: text,
  CallFlow: z.enum(['in', 'out']).optional(),
  CallStatus: text,
  CallerIDNum: text,
  CallerIDName: text,
  CallerExtensionID: text,
  CalledDID: text,
  CalledNumber: text,
  CalledExtensionID: text,
});

/** @typedef {import('valet-park').Snapshot} Snapshot */
/** @typedef {import('valet-park').CallView} CallView */
/** @template T @typedef {{ -readonly [K in keyof T]: T[K] }} Open */
/** @typedef {{ revision: number, slots: Open<Snapshot['slots'][number]>[],
 *   calls: Open<CallView>[], departures: Snapshot['departures'][number][] }} State */

/** A store that follows the live calls of one extension and the slots of the lot. */
export class PeerDesk {
  #now;
  #store;

  /** @param {Snapshot['slots']} slots  the slots to start from @param {() => number} now */
  constructor(slots, now) {
    this.#now = now;
    const empty = /** @type {State} */ ({ revision: 0, slots: [], calls: [], departures: [] });
    // Immer freezes what it returns, as the client does.
    const state = produce(empty, (draft) => {
      draft.slots = slots.map((slot) => ({ ...slot }));
    });
    this.#store = createStore(() => state);
  }

  /** Takes in one call event and returns the new snapshot. */
  track(/** @type {string} */ form) {
    const event = eventFields.parse(Object.fromEntries(new URLSearchParams(form)));
    const now = this.#now();
    this.#store.setState(
      (state) =>
        produce(state, (draft) => {
          if (apply(draft, event, now)) draft.revision += 1;
        }),
      true,
    );
    return this.snapshot();
  }

  snapshot() {
    return this.#store.getState();
  }
}

/**
 * Applies an event. Returns true if it changed anything.
 *
 * @param {State} draft
 * @param {z.infer<typeof eventFields>} event
 * @param {number} now
 */
function apply(draft, event, now) {
  const { EventType: type, CallAPIID: name } = event;
  if (!name) return false;
  // Immer's guide: search in the state itself, because a search in the draft copies all it sees.
  const { calls, slots } = original(draft);
  const at = calls.findIndex(({ call }) => call === name);
  const call = draft.calls[at];
  if (type === 'dial-in' || type === 'dial-out') {
    if (call) return false;
    draft.calls.push(newCall(name, event, now));
    return true;
  }
  if (!call) return false;
  if (type === 'answer') {
    if (call.state === 'talking') return false;
    call.state = 'talking';
    call.since = now;
    return true;
  }
  if (type !== 'hangup') return false;
  const slot = slots.find(({ uuid }) => uuid === calls[at]?.uuid);
  if (slot) {
    call.state = 'parked';
    call.slot = slot.slot;
  } else draft.calls.splice(at, 1);
  return true;
}

/**
 * @param {string} name
 * @param {z.infer<typeof eventFields>} event
 * @param {number} now
 * @returns {Open<CallView>}
 */
function newCall(name, event, now) {
  const extension = event.CallFlow === 'out' ? event.CallerExtensionID : event.CalledExtensionID;
  return {
    call: name,
    extension: extension ?? '',
    callId: event.CallID ?? null,
    sipCallId: null,
    uuid: name.slice(name.indexOf('-') + 1).toLowerCase(),
    direction: event.CallFlow ?? null,
    caller: party(event.CallerIDNum, event.CallerIDName, event.CallerExtensionID),
    called: party(event.CalledNumber ?? event.CalledDID, undefined, event.CalledExtensionID),
    state: 'ringing',
    since: now,
    slot: null,
    returnedFrom: null,
    pending: null,
  };
}

/**
 * @param {string | undefined} number
 * @param {string | undefined} name
 * @param {string | undefined} extension
 */
function party(number, name, extension) {
  if (!number && !name && !extension) return null;
  const isNumber = name === number;
  return {
    number: number ?? null,
    name: isNumber ? null : (name ?? null),
    extension: extension ?? null,
  };
}
