import { legOf, type Call, type Leg } from './call.ts';
import { accountNumber, signInName } from './directory.ts';

/** A call event. Its fields are the documented ones, and all values are text. */
export interface SwitchEvent {
  /** The id of the extension that the event belongs to. */
  readonly extension: string;
  readonly type: EventType;
  readonly fields: Readonly<Record<string, string>>;
}

export type EventType = (typeof EVENT_TYPES)[number];

/** The types of events. Parking causes a `hangup` at the extension, and no other event. */
export const EVENT_TYPES = ['dial-in', 'dial-out', 'answer', 'hangup'] as const;

/** The event of a telephone that rings or dials. */
export function dialEvent(at: number, call: Call, leg: Leg): SwitchEvent {
  return event(leg.direction === 'in' ? 'dial-in' : 'dial-out', at, call, leg, {
    CallStatus: 'CALLING',
  });
}

export function answerEvent(at: number, call: Call, leg: Leg): SwitchEvent {
  return event('answer', at, call, leg, { CallStatus: 'ANSWER' });
}

/** The event of a leg that ends. `answeredAt` is null if the call was never answered. */
export function hangupEvent(
  at: number,
  call: Call,
  leg: Leg,
  answeredAt: number | null,
): SwitchEvent {
  return event('hangup', at, call, leg, {
    // An unanswered call ends when the caller gives up, or when the called party declines.
    CallStatus: answeredAt !== null ? 'ANSWER' : leg.direction === 'in' ? 'CANCEL' : 'BUSY',
    Duration: microseconds(answeredAt === null ? 0 : at - answeredAt),
  });
}

/** Returns the events so far of a call that rings or talks, for a new subscriber. */
export function eventsSoFar(call: Call): SwitchEvent[] {
  const leg = legOf(call);
  if (leg === null) return [];
  const dialled = dialEvent(leg.startedAt, call, leg);
  const { kind, since } = call.state;
  return kind === 'talking' ? [dialled, answerEvent(since, call, leg)] : [dialled];
}

function event(
  type: EventType,
  at: number,
  call: Call,
  leg: Leg,
  more: Readonly<Record<string, string>>,
): SwitchEvent {
  return {
    extension: call.extension.id,
    type,
    fields: {
      EventType: type,
      EventTime: microseconds(at),
      CallID: call.callId,
      SubCallID: leg.id,
      CallAPIID: call.id,
      CallFlow: leg.direction,
      ...parties(call, leg),
      ...(call.pickUp === null ? {} : { [PICK_UP_FIELD]: String(call.pickUp) }),
      ...more,
    },
  };
}

function parties(call: Call, leg: Leg): Record<string, string> {
  const { extension } = call;
  if (leg.direction === 'out') {
    return {
      CallerIDNum: accountNumber(extension),
      CallerIDName: extension.name,
      CallerExtension: signInName(extension),
      CallerExtensionID: extension.id,
      CalledNumber: call.number,
    };
  }
  return {
    CallerIDNum: call.number,
    CallerIDName: call.name,
    // A call that an extension placed and that now returns did not come over the public number.
    // No one dialled that number for a pick-up or a callback either.
    ...(isFromOutside(call) ? { CalledDID: PUBLIC_NUMBER } : {}),
    ...(call.far === null || call.direction !== 'in' ? {} : callerOf(call.far)),
    CalledNumber: accountNumber(extension),
    CalledExtension: signInName(extension),
    CalledExtensionID: extension.id,
  };
}

function isFromOutside({ direction, pickUp, callback }: Call): boolean {
  return direction === 'in' && pickUp === null && callback === null;
}

/** The extension at the other end of a callback. */
function callerOf({ extension }: Call): Record<string, string> {
  return { CallerExtension: signInName(extension), CallerExtensionID: extension.id };
}

function microseconds(ms: number): string {
  return String(ms * 1_000);
}

/**
 * The field that marks the events of a call with which the switch calls an extension for a pick-up. Its
 * value is the number of the slot. No real switch has this field.
 */
export const PICK_UP_FIELD = 'PickUpSlot';

/** The public number of the switch. */
export const PUBLIC_NUMBER = '74950001122';
