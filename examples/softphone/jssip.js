import JsSIP from 'jssip';

/**
 * Registers with JsSIP. `onDialog` is called with every incoming call.
 *
 * `socket` replaces the connection in a test. By default JsSIP opens a WebSocket.
 */
export async function startJsSip({ uri, server, password, onDialog, socket }) {
  const sockets = [socket ?? new JsSIP.WebSocketInterface(server)];
  const agent = new JsSIP.UA({ sockets, uri, password });
  agent.on('newRTCSession', ({ originator, session, request }) => {
    if (originator === 'remote') onDialog(dialogOf(session, request));
  });
  const registered = new Promise((resolve, reject) => {
    agent.on('registered', resolve);
    agent.on('registrationFailed', ({ cause }) => reject(new Error(cause)));
  });
  agent.start();
  await registered;
  return () => agent.stop();
}

function dialogOf(session, request) {
  return {
    direction: 'in',
    number: session.remote_identity.uri.user,
    id: request.call_id,
    since: Date.now(),
    answer: () => session.answer({ mediaConstraints: { audio: true, video: false } }),
    refuse: () => session.terminate({ status_code: 480 }),
    onEnd: (listener) => {
      session.on('ended', listener);
      session.on('failed', listener);
    },
  };
}
