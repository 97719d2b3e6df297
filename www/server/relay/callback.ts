import type { HttpReply, ListedCall } from 'valet-park/lot';
import { isRecord } from '../http/body.ts';
import { callsAt, currentCallsPath } from './current-calls.ts';
import { parsed, textOf } from './subscriptions.ts';
import type { Upstream, UpstreamReply } from './upstream.ts';

/** A telephone to ring, and the extension with which the switch connects it. */
export interface Callback {
  /** The id of the extension that answers by itself. */
  readonly extension: string;
  /** The number of the telephone that rings. */
  readonly from: string;
  /** The number of the extension that answers by itself. */
  readonly to: string;
  /** The text that the telephone shows. */
  readonly name: string;
  /** How long the telephone rings, in s. */
  readonly waitS: number;
}

/** The ids with which the switch names a callback. */
export interface CallbackIds {
  readonly call: string;
  readonly callId: string;
}

/**
 * How the switch answered. `ringing`: the telephone rings. `refused`: the switch does not call.
 * `unsent`: the switch did not get the request. `unknown`: the telephone may ring.
 */
export type CallbackAnswer =
  | { readonly kind: 'ringing'; readonly ids: CallbackIds | null }
  | {
      readonly kind: 'refused' | 'unsent' | 'unknown';
      readonly status: number;
      readonly why: string;
    };

/**
 * The resources of the hosted API that a pick-up needs.
 *
 * | request | what it does |
 * | --- | --- |
 * | `POST /extension/{id}/callback/` | calls `src_num`, and then connects it with `dst_num` |
 * | `GET /extension/{id}/current_calls/` | lists the live calls of an extension |
 * | `DELETE /extension/{id}/current_calls/{call}` | ends a call of an extension |
 */
export class CallbackApi {
  readonly #upstream: Upstream;

  constructor(upstream: Upstream) {
    this.#upstream = upstream;
  }

  /** Makes a telephone ring. The request is sent once. */
  async start({ extension, from, to, name, waitS }: Callback): Promise<CallbackAnswer> {
    const body = {
      src_num: [from],
      dst_num: to,
      // The first name is for the telephone that rings. A switch that does not know it shows the second.
      src_caller_id_name: name,
      caller_id_name: name,
      wait_for_pickup: waitS,
    };
    const path = `${pathOf(extension)}/callback/`;
    const reply = await this.#upstream.send('POST', path, body, 'command');
    const { status } = reply;
    if (status >= 200 && status < 300) return { kind: 'ringing', ids: idsIn(reply.body) };
    const why = messageIn(reply.body);
    return { kind: kindOf(reply), status, why };
  }

  /** Returns the live calls of an extension. Null if the switch gives no list. */
  list(extension: string): Promise<readonly ListedCall[] | null> {
    return callsAt(this.#upstream, extension);
  }

  /** Ends a call of an extension. Returns the status of the answer. */
  async hangUp(extension: string, call: string): Promise<number> {
    const path = currentCallsPath(extension) + encodeURIComponent(call);
    return (await this.#upstream.send('DELETE', path, undefined, 'command')).status;
  }
}

function pathOf(extension: string): string {
  return `/extension/${encodeURIComponent(extension)}`;
}

function kindOf({ status, isUnsent }: UpstreamReply): 'refused' | 'unsent' | 'unknown' {
  if (isUnsent === true) return 'unsent';
  return status >= 400 && status < 500 ? 'refused' : 'unknown';
}

function idsIn(body: HttpReply['body']): CallbackIds | null {
  const value = parsed(body);
  if (!isRecord(value)) return null;
  const call = textOf(value.call_api_id);
  const callId = textOf(value.call_id) || call;
  return call === '' ? null : { call, callId };
}

function messageIn(body: HttpReply['body']): string {
  const value = parsed(body);
  return isRecord(value) ? textOf(value.message ?? value.error).slice(0, 80) : '';
}
