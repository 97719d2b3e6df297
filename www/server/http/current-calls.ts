import { Hono } from 'hono/tiny';
import { legOf, type Call } from '../exchange/call.ts';
import { accountNumber, checkClient, CLIENT_ID, signInName } from '../exchange/directory.ts';
import { PUBLIC_NUMBER } from '../exchange/event.ts';
import type { Switchboard } from '../exchange/switchboard.ts';
import { onlyBy } from './refuse.ts';

/**
 * `GET /extension/{extension}/current_calls/`: the calls that ring or talk at an extension. A parked
 * call has left its extension and is not in the list.
 */
export function currentCallsRoute(switchboard: Switchboard): Hono {
  return new Hono()
    .get('/extension/:extension/current_calls', (c) => {
      const extension = switchboard.directory.get(c.req.param('extension'));
      return c.json({ call_list: switchboard.callsAt(extension).map(entryOf) });
    })
    .all(onlyBy('GET'));
}

/**
 * `GET /user/`: the id of the client, which the token belongs to. `GET /client/{id}/current_calls/`:
 * the calls that ring or talk at all extensions.
 */
export function clientRoute(switchboard: Switchboard): Hono {
  return new Hono()
    .get('/user', (c) => c.json({ client_id: CLIENT_ID }))
    .all('/user', onlyBy('GET'))
    .get('/client/:client/current_calls', (c) => {
      checkClient(c.req.param('client'));
      const calls = switchboard.directory.all().flatMap((one) => switchboard.callsAt(one));
      return c.json({ call_list: calls.map(entryOf) });
    })
    .all('/client/:client/current_calls', onlyBy('GET'));
}

function entryOf(call: Call) {
  const { extension, state } = call;
  const leg = legOf(call);
  const own = { id: Number(extension.id), name: signInName(extension) };
  const incoming = leg?.direction === 'in';
  return {
    call_api_id: call.id,
    call_flow: leg?.direction ?? call.direction,
    caller_id_number: incoming ? call.number : accountNumber(extension),
    caller_id_name: incoming ? call.name : extension.name,
    called_number: incoming ? accountNumber(extension) : call.number,
    called_did: incoming && call.direction === 'in' ? PUBLIC_NUMBER : null,
    called_extension: incoming ? own : null,
    caller_extension: incoming ? callerExtension(call) : own,
    extension_id: Number(extension.id),
    init_time_gmt: gmt(leg?.startedAt ?? state.since),
    answer_time_gmt: state.kind === 'talking' ? gmt(state.since) : null,
    real_call: true,
    ...(call.callback === null ? {} : { callback_id: call.callback }),
    record_uuid: null,
  };
}

/** The extension at the other end of a callback, else null. */
function callerExtension({ far }: Call) {
  return far && { id: Number(far.extension.id), name: signInName(far.extension) };
}

/** Writes a time as the resource does, with hundredths of a second: `2017-08-23 15:57:56,60`. */
function gmt(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('.', ',').slice(0, 22);
}
