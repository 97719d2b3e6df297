/**
 * The call of the switch that a SIP dialog belongs to, or null if that is not plain.
 *
 * A dialog knows nothing of a `call_api_id`, and the switch nothing of a SIP Call-ID. What both know
 * is the direction and the number at the far end. Where two calls fit, or the number is withheld,
 * none is taken: to park the wrong caller is worse than to say that it cannot be done yet.
 *
 * `calls` is `snapshot.calls`, which call events or a feed fill; `taken` are the calls that other
 * dialogs have already.
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
 * The same where there are no call events: the list of current calls, as the switch gives it.
 *
 * Each comes in the form of the last event that befell it, to be given to `park.track`.
 */
export async function currentCalls(baseUrl, extension, headers) {
  const reply = await fetch(`${baseUrl}/extension/${extension}/current_calls/`, { headers });
  if (!reply.ok) throw new Error(`the list of current calls was answered ${reply.status}`);
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

/** A SIP server may leave out the plus, or write hyphens. */
function digits(number) {
  return (number ?? '').replace(/\D/g, '');
}
