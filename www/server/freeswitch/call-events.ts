import type { Channel, ChannelChanges, Channels } from './channels.ts';
import type { EventFields } from '../relay/roster.ts';
import { PICK_UP_FIELD } from '../exchange/event.ts';

/** The call of a telephone, as the latest event described it. */
interface Told {
  readonly leg: Channel;
  readonly far: Channel;
  readonly answeredAtUs: number | null;
}

/**
 * Makes the documented call events from the channels of telephones.
 *
 * A call of an extension is the leg of the telephone, and the channel at its far end. The `CallAPIID` is
 * that of the far end, because that channel is parked. If a telephone is connected with another
 * channel, its call ends, and another one begins.
 */
export class CallEvents {
  readonly #channels: Channels;
  readonly #node: number;
  /** By the uuid of the leg. */
  readonly #told = new Map<string, Told>();

  /** `node` is the number of the switch. */
  constructor(channels: Channels, node: number) {
    this.#channels = channels;
    this.#node = node;
  }

  /** Returns the events that follow from changes of channels. `atUs` is the time of the changes, in µs. */
  changed(changes: ChannelChanges, atUs: number): EventFields[] {
    const legs = new Set<string>();
    for (const [uuid, channel] of changes) {
      legs.add(uuid);
      for (const other of [channel?.partner, channel?.placedBy]) if (other != null) legs.add(other);
      for (const [leg, { far }] of this.#told) if (far.uuid === uuid) legs.add(leg);
    }
    return [...legs].flatMap((uuid) => this.#update(uuid, atUs));
  }

  /** The live calls of an extension, oldest first. */
  callsOf(extension: string): { readonly leg: Channel; readonly far: Channel }[] {
    return [...this.#told.values()].filter(({ leg }) => leg.extension === extension);
  }

  /** The `call_api_id` of a channel. */
  idOf(uuid: string): string {
    return `${this.#node}-${uuid}`;
  }

  #update(uuid: string, atUs: number): EventFields[] {
    const leg = this.#channels.get(uuid);
    const told = this.#told.get(uuid);
    if (leg === undefined) {
      this.#told.delete(uuid);
      return told === undefined ? [] : [this.#event('hangup', told, atUs)];
    }
    const far = this.#farOf(leg, told);
    if (leg.extension === null || leg.isUsher || far === null) return [];
    const isAnswered = isIncoming(leg) ? leg.isAnswered : far.isAnswered;
    const isSame = told?.far.uuid === far.uuid;
    const answeredAtUs = isSame ? told.answeredAtUs : null;
    const next = { leg, far, answeredAtUs: answeredAtUs ?? (isAnswered ? atUs : null) };
    this.#told.set(uuid, next);
    // A panel takes an event that is not later than the end of the leg for a repetition.
    let timeUs = atUs;
    const event = (type: string, of: Told) => this.#event(type, of, timeUs++);
    const ended = told === undefined || isSame ? [] : [event('hangup', told)];
    const isNews = isAnswered && answeredAtUs === null;
    // FreeSWITCH tells the SIP Call-ID later. Then the event is sent again, with the SIP Call-ID.
    const isNamed = isSame && told.leg.sipCallId === null && leg.sipCallId !== null;
    const type = isIncoming(leg) ? 'dial-in' : 'dial-out';
    const begun = !isSame || (isNamed && !isAnswered) ? [event(type, next)] : [];
    return [...ended, ...begun, ...(isNews ? [event('answer', next)] : [])];
  }

  /** The channel at the far end of a telephone. Null if none is known. */
  #farOf(leg: Channel, told: Told | undefined): Channel | null {
    const partner = leg.partner === null ? undefined : this.#channels.get(leg.partner);
    if (partner !== undefined && !partner.isUsher) return partner;
    if (told !== undefined) return told.far;
    if (leg.pickUp !== null) return leg; // Until it is connected, it has no far end.
    if (leg.placedBy !== null) return this.#channels.get(leg.placedBy) ?? null;
    return this.#channels.all().find(({ placedBy }) => placedBy === leg.uuid) ?? null;
  }

  #event(type: string, { leg, far, answeredAtUs }: Told, atUs: number): EventFields {
    const { extension } = leg;
    const id = extension ?? '';
    const isIn = isIncoming(leg);
    const own = { number: id, name: '' };
    const other = { number: far.number, name: far.name || far.number };
    const slot = far.uuid === leg.uuid ? leg.pickUp : null;
    return {
      EventType: type,
      EventTime: String(atUs),
      CallID: plain(far.uuid),
      SubCallID: `${id}-${plain(leg.uuid)}`,
      CallAPIID: this.idOf(far.uuid),
      CallFlow: isIn ? 'in' : 'out',
      CallerIDNum: slot ?? (isIn ? other : own).number,
      ...(isIn ? { CallerIDName: other.name } : { CallerExtensionID: id }),
      CalledNumber: isIn ? id : other.number,
      ...(isIn ? { CalledExtensionID: id } : {}),
      ...(slot === null ? {} : { [PICK_UP_FIELD]: slot }),
      ...(isIn && far.extension !== null ? { CallerExtensionID: far.extension } : {}),
      ...(leg.sipCallId === null ? {} : { SipCallID: leg.sipCallId }),
      CallStatus: statusOf(type, answeredAtUs, isIn),
      ...(type === 'hangup'
        ? { Duration: String(answeredAtUs === null ? 0 : Math.max(atUs - answeredAtUs, 0)) }
        : {}),
    };
  }
}

function statusOf(type: string, answeredAtUs: number | null, isIn: boolean): string {
  if (type === 'answer' || (type === 'hangup' && answeredAtUs !== null)) return 'ANSWER';
  if (type !== 'hangup') return 'CALLING';
  return isIn ? 'CANCEL' : 'NOANSWER';
}

/** True if the telephone rang, and false if it dialled. */
function isIncoming({ direction }: Channel): boolean {
  return direction === 'outbound';
}

/** Returns a uuid without hyphens. */
function plain(uuid: string): string {
  return uuid.replaceAll('-', '');
}
