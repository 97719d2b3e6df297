import { Registerer, SessionState, UserAgent } from 'sip.js';

/**
 * Registers with SIP.js. `onDialog` is called with every incoming call.
 *
 * `transportConstructor` replaces the connection in a test. By default SIP.js opens a WebSocket.
 */
export async function startSipJs({ uri, server, password, onDialog, transportConstructor }) {
  const agent = new UserAgent({
    uri: UserAgent.makeURI(uri),
    authorizationUsername: UserAgent.makeURI(uri).user,
    authorizationPassword: password,
    transportOptions: { server },
    ...(transportConstructor ? { transportConstructor } : {}),
    logBuiltinEnabled: false,
    delegate: { onInvite: (invitation) => onDialog(dialogOf(invitation)) },
  });
  await agent.start();
  await new Registerer(agent).register();
  return () => agent.stop();
}

function dialogOf(invitation) {
  return {
    direction: 'in',
    number: invitation.remoteIdentity.uri.user,
    id: invitation.request.callId,
    since: Date.now(),
    answer: () => invitation.accept(),
    refuse: () => invitation.reject(),
    onEnd: (listener) =>
      invitation.stateChange.addListener((state) => {
        if (state === SessionState.Terminated) listener();
      }),
  };
}
