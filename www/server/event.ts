import { legOf, type Call, type Leg } from './call.ts';
import { accountNumber, signInName } from './directory.ts';

/** A call event as it is told to the world: the documented fields, all of them text. */
export interface SwitchEvent {
  /** The id of the extension whose event this is. */
  readonly extension: string;
  readonly type: EventType;
  readonly fields: Readonly<Record<string, string>>;
}

export type EventType = (typeof EVENT_TYPES)[number];

/** What can be subscribed to. Parking itself has no event: its only sign is the `hangup`. */
export const EVENT_TYPES = ['dial-in', 'dial-out', 'answer', 'hangup'] as const;

/** The telephone rings, or dials. */
export function dialEvent(at: number, call: Call, leg: Leg): SwitchEvent {
  return event(leg.direction === 'in' ? 'dial-in' : 'dial-out', at, call, leg, {
    CallStatus: 'CALLING',
  });
}

export function answerEvent(at: number, call: Call, leg: Leg): SwitchEvent {
  return event('answer', at, call, leg, { CallStatus: 'ANSWER' });
}

/** The leg ends. `answeredAt` is null for one that never got beyond ringing. */
export function hangupEvent(
  at: number,
  call: Call,
  leg: Leg,
  answeredAt: number | null,
): SwitchEvent {
  return event('hangup', at, call, leg, {
    // The far party ended it: as a caller by giving up, as the one called by declining.
    CallStatus: answeredAt !== null ? 'ANSWER' : leg.direction === 'in' ? 'CANCEL' : 'BUSY',
    Duration: microseconds(answeredAt === null ? 0 : at - answeredAt),
  });
}

/** What has befallen a call that is at its extension, for whoever was not there. */
export function eventsSoFar(call: Call): SwitchEvent[] {
  const leg = legOf(call);
  if (leg === null) return [];
  const dialled = dialEvent(leg.startedAt, call, leg);
  const { kind, since } = call.state;
  return kind === 'talking' ? [dialled, answerEvent(since, call, leg)] : [dialled];
}

/** The fields as one line, for a query string, a form body or a feed: `EventType=…&EventTime=…`. */
export function formOf(event: SwitchEvent): string {
  return new URLSearchParams(event.fields).toString();
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
    // A call that was dialled and now comes back reached no public number of ours.
    ...(call.direction === 'in' ? { CalledDID: PUBLIC_NUMBER } : {}),
    CalledNumber: accountNumber(extension),
    CalledExtension: signInName(extension),
    CalledExtensionID: extension.id,
  };
}

function microseconds(ms: number): string {
  return String(ms * 1_000);
}

/** The number under which the outside world reaches the switch. */
export const PUBLIC_NUMBER = '74950001122';
