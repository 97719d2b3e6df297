/**
 * Returns the call of the switch that belongs to a SIP dialog, or null if that is not certain.
 *
 * A dialog has no `call_api_id`, and the switch does not know the SIP Call-ID. Both know the
 * direction and the number of the other side. If two calls match, or the number is withheld, the
 * result is null: it is better to park no call than the wrong one.
 *
 * `calls` is `snapshot.calls`, which call events or a feed fill. `taken` are the calls that already
 * belong to other dialogs.
 */
export function callOf({ direction, number }, calls, taken = new Set()) {
  const fitting = calls.filter((view) => {
    const far = view.direction === 'out' ? view.called : view.caller;
    return (
      view.state !== 'parked' &&
      view.direction === direction &&
      !taken.has(view.call) &&
      digits(number) !== '' &&
      digits(far?.number) === digits(number)
    );
  });
  return fitting.length === 1 ? fitting[0].call : null;
}

/**
 * Asks the switch for its list of current calls, for an app without call events.
 *
 * Returns the last event of each call, for `park.track`.
 */
export async function currentCalls(baseUrl, extension, headers) {
  const reply = await fetch(`${baseUrl}/extension/${extension}/current_calls/`, { headers });
  if (!reply.ok) throw new Error(`the list of current calls failed with status ${reply.status}`);
  const { call_list: list } = await reply.json();
  return list.map((entry) => ({
    EventType: entry.answer_time_gmt === null ? 'dial-in' : 'answer',
    CallAPIID: entry.call_api_id,
    CallFlow: entry.call_flow,
    CallerIDNum: entry.caller_id_number,
    CallerIDName: entry.caller_id_name,
    CalledNumber: entry.called_number,
  }));
}

/** Returns the digits of a number. A SIP server may leave out the plus, or add hyphens. */
function digits(number) {
  return (number ?? '').replace(/\D/g, '');
}
