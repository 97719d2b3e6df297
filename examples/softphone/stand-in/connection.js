// The connection between a SIP library and the stand-in. A real softphone opens a WebSocket here.

import { EmitterImpl, TransportState } from 'sip.js';

/** Returns the connection in the form of a SIP.js transport. */
export function transportTo(server) {
  return class Transport {
    protocol = 'WSS';
    state = TransportState.Disconnected;
    stateChange = new EmitterImpl();

    isConnected() {
      return this.state === TransportState.Connected;
    }

    #turn(state) {
      this.state = state;
      this.stateChange.emit(state);
    }

    async connect() {
      server.deliver = (text) => this.onMessage?.(text);
      this.#turn(TransportState.Connecting);
      this.#turn(TransportState.Connected);
      this.onConnect?.();
    }

    async disconnect() {
      this.#turn(TransportState.Disconnecting);
      this.#turn(TransportState.Disconnected);
      this.onDisconnect?.();
    }

    async send(text) {
      queueMicrotask(() => server.receive(text));
    }

    async dispose() {
      if (this.isConnected()) await this.disconnect();
    }
  };
}

/** Returns the connection in the form of a JsSIP socket. */
export function socketTo(server) {
  return {
    url: 'wss://stand-in.example',
    sip_uri: 'sip:stand-in.example;transport=ws',
    via_transport: 'WSS',
    connect() {
      server.deliver = (text) => this.ondata(text);
      queueMicrotask(() => this.onconnect());
    },
    disconnect() {},
    isConnected: () => true,
    isConnecting: () => false,
    send(text) {
      queueMicrotask(() => server.receive(text));
      return true;
    },
  };
}
