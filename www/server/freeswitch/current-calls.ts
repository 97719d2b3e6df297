import type { CallEvents } from './call-events.ts';

/** The entries of `current_calls` for one extension. */
export function entriesOf(calls: CallEvents, extension: string) {
  return calls.callsOf(extension).map(({ leg, far }) => {
    const isIncoming = leg.direction === 'outbound'; // Seen from the switch.
    const own = { id: Number(extension), name: extension };
    const other =
      far.extension === null ? null : { id: Number(far.extension), name: far.extension };
    const isAnswered = leg.isAnswered && far.isAnswered;
    return {
      call_api_id: calls.idOf(far.uuid),
      call_flow: isIncoming ? 'in' : 'out',
      caller_id_number: isIncoming ? far.number : extension,
      caller_id_name: isIncoming ? far.name || far.number : '',
      called_number: isIncoming ? extension : far.number,
      called_did: null,
      called_extension: isIncoming ? own : other,
      caller_extension: isIncoming ? other : own,
      extension_id: Number(extension),
      init_time_gmt: gmt(leg.createdAtUs),
      answer_time_gmt: isAnswered ? gmt(leg.answeredAtUs ?? leg.createdAtUs) : null,
      real_call: true,
      record_uuid: null,
    };
  });
}

/** Writes a time in µs as the resource does, with hundredths of a second. */
function gmt(us: number): string {
  const text = new Date(Math.floor(us / 1_000)).toISOString();
  return text.replace('T', ' ').replace('.', ',').slice(0, 22);
}
