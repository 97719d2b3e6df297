import type { ValetRow } from '../../../www/server/exchange/freeswitch/valet-module.ts';

/** A call that is in a slot. */
export interface ValetStay {
  readonly lot: string;
  readonly slot: string;
  readonly row: ValetRow;
}

/** A channel of the stand-in: one leg of a call. */
export interface Channel {
  readonly uuid: string;
  /** Seen from the switch: `inbound` if the other end has called. */
  readonly direction: 'inbound' | 'outbound';
  /** The name of the channel, as `sofia/internal/1001@pbx.example`. */
  readonly channelName: string;
  /** The telephone at the other end, as `1001@pbx.example`. Null for a party outside. */
  readonly presence: string | null;
  readonly number: string;
  readonly name: string;
  /** The number that was dialled. A transfer changes it. */
  destination: string;
  /** The channel that placed this one, or that this one has placed. */
  other: { readonly type: 'originator' | 'originatee'; readonly channel: Channel } | null;
  isAnswered: boolean;
  isUp: boolean;
  cause: string;
  /** The uuid of the call. Both legs of a call have the same one. */
  call: string;
  /** The channel that this one is connected with. */
  partner: Channel | null;
  stay: ValetStay | null;
  /** The number of orders that the channel has got. */
  turn: number;
  readonly createdAt: number;
  readonly variables: Map<string, string>;
}

/** The headers of an event of a channel, as far as they matter. `now` is in ms. */
export function headersOf(channel: Channel, now: number): Record<string, string> {
  const { uuid, direction, presence, number, name, destination, other, partner } = channel;
  const state = channel.isUp ? (channel.isAnswered ? 'answered' : 'ringing') : 'hangup';
  const leg = partner ?? other?.channel ?? null;
  return {
    'Event-Date-Timestamp': String(Math.round(now * 1_000)),
    'Unique-ID': uuid,
    'Call-Direction': direction,
    'Answer-State': state,
    'Channel-Name': channel.channelName,
    ...(presence === null ? {} : { 'Channel-Presence-ID': presence }),
    'Caller-Caller-ID-Number': number,
    'Caller-Caller-ID-Name': name,
    'Caller-Destination-Number': destination,
    ...(channel.cause === '' ? {} : { 'Hangup-Cause': channel.cause }),
    ...(leg === null
      ? {}
      : {
          'Other-Type': partner === null ? (other?.type ?? '') : 'originatee',
          'Other-Leg-Unique-ID': leg.uuid,
          'Other-Leg-Caller-ID-Number': leg.number,
          'Other-Leg-Caller-ID-Name': leg.name,
        }),
    ...Object.fromEntries([...channel.variables].map(([key, value]) => [`variable_${key}`, value])),
  };
}

/** Reads `{a=1,b='x, y'}rest`. */
export function readVariables(text: string): { variables: Map<string, string>; rest: string } {
  const variables = new Map<string, string>();
  if (!text.startsWith('{')) return { variables, rest: text };
  let isQuoted = false;
  let end = 1;
  while (end < text.length && (isQuoted || text[end] !== '}')) {
    if (text[end] === "'") isQuoted = !isQuoted;
    end += 1;
  }
  for (const pair of splitList(text.slice(1, end))) {
    const equals = pair.indexOf('=');
    if (equals > 0) variables.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return { variables, rest: text.slice(end + 1) };
}

/** Splits at the commas outside of quotation marks, and removes the marks. */
export function splitList(text: string): string[] {
  const parts = [''];
  let isQuoted = false;
  for (const letter of text) {
    if (letter === "'") isQuoted = !isQuoted;
    else if (letter === ',' && !isQuoted) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}
