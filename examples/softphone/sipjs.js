import { Inviter, Registerer, SessionState, UserAgent } from 'sip.js';

/**
 * Registers with SIP.js. `onDialog` gets every new dialog, and `onChange` every dialog that was
 * answered or has ended. Returns a function that calls a number.
 *
 * `transportConstructor` replaces the connection in a test. By default SIP.js opens a WebSocket.
 */
export async function startSipJs(options) {
  const { uri, server, password, onDialog, onChange, transportConstructor } = options;
  const account = UserAgent.makeURI(uri);
  const agent = new UserAgent({
    uri: account,
    authorizationUsername: account.user,
    authorizationPassword: password,
    transportOptions: { server },
    ...(transportConstructor ? { transportConstructor } : {}),
    logBuiltinEnabled: false,
    delegate: { onInvite: (invitation) => onDialog(dialogOf(invitation, 'in', onChange)) },
  });
  await agent.start();
  await new Registerer(agent).register();
  return (number) => {
    const inviter = new Inviter(agent, UserAgent.makeURI(`sip:${number}@${account.host}`));
    onDialog(dialogOf(inviter, 'out', onChange));
    return inviter.invite();
  };
}

function dialogOf(session, direction, onChange) {
  const { request, remoteIdentity } = session;
  const dialog = {
    direction,
    number: remoteIdentity.uri.user,
    name: remoteIdentity.displayName,
    id: request.callId,
    headers: direction === 'in' ? headersOf(request) : {},
    since: Date.now(),
    answeredAt: null,
    hasEnded: false,
    get connection() {
      return session.sessionDescriptionHandler?.peerConnection ?? null;
    },
    answer: () => session.accept(),
    hangUp() {
      if (session.state === SessionState.Established) return session.bye();
      return direction === 'in' ? session.reject() : session.cancel();
    },
  };
  session.stateChange.addListener((state) => {
    if (state === SessionState.Established) dialog.answeredAt = Date.now();
    if (state === SessionState.Terminated) dialog.hasEnded = true;
    onChange(dialog);
  });
  return dialog;
}

function headersOf({ headers }) {
  return Object.fromEntries(Object.entries(headers).map(([name, [{ raw }]]) => [name, raw]));
}
