import JsSIP from 'jssip';

const media = { mediaConstraints: { audio: true, video: false } };

/**
 * Registers with JsSIP. `onDialog` gets every new dialog, and `onChange` every dialog that was
 * answered or has ended. Returns a function that calls a number.
 *
 * `socket` replaces the connection in a test. By default JsSIP opens a WebSocket.
 */
export async function startJsSip({ uri, server, password, onDialog, onChange, socket }) {
  const sockets = [socket ?? new JsSIP.WebSocketInterface(server)];
  const agent = new JsSIP.UA({ sockets, uri, password });
  agent.on('newRTCSession', ({ originator, session, request }) => {
    const direction = originator === 'remote' ? 'in' : 'out';
    onDialog(dialogOf(session, request, direction, onChange));
  });
  const registered = new Promise((resolve, reject) => {
    agent.on('registered', resolve);
    agent.on('registrationFailed', ({ cause }) => reject(new Error(cause)));
  });
  agent.start();
  await registered;
  return (number) => agent.call(number, media);
}

function dialogOf(session, request, direction, onChange) {
  const { uri, display_name: name } = session.remote_identity;
  const dialog = {
    direction,
    number: uri.user,
    name,
    id: request.call_id,
    headers: direction === 'in' ? headersOf(request) : {},
    since: Date.now(),
    answeredAt: null,
    hasEnded: false,
    get connection() {
      return session.connection ?? null;
    },
    answer: () => session.answer(media),
    hangUp: () => session.terminate(),
  };
  session.on('accepted', () => {
    dialog.answeredAt = Date.now();
    onChange(dialog);
  });
  for (const ending of ['ended', 'failed']) {
    session.on(ending, () => {
      dialog.hasEnded = true;
      onChange(dialog);
    });
  }
  return dialog;
}

function headersOf({ headers }) {
  return Object.fromEntries(Object.entries(headers).map(([name, [{ raw }]]) => [name, raw]));
}
