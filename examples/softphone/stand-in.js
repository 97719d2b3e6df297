// A stand-in for a SIP server and its connection. It belongs to the embedded switch: a ringing call
// becomes an INVITE, an answer of the softphone answers the call, and a call that leaves the
// extension ends with a BYE, as with a real switch when it parks.

import { EmitterImpl, TransportState } from 'sip.js';
import { play } from '../desk.js';

const domain = 'stand-in.example';
const crlf = '\r\n';

/** The SIP server of one softphone. */
export class StandIn {
  /** Sends a text to the softphone. The connection sets this function. */
  deliver = () => {};
  #park;
  #contact = '';
  /** The dialogs, by the call of the switch. */
  #dialogs = new Map();

  constructor(park) {
    this.#park = park;
    park.subscribe(() => this.#follow());
  }

  /** Handles a message of the softphone. */
  async receive(text) {
    const [start, ...lines] = text.split(crlf);
    const header = (name) =>
      lines
        .find((line) => line.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim();
    const [method] = start.split(' ');
    if (method === 'REGISTER') {
      this.#contact = /<([^>]+)>/.exec(header('contact'))?.[1] ?? '';
      this.#reply(lines, `Contact: ${header('contact')};expires=600`);
      this.#follow();
    } else if (method === 'BYE') {
      this.#reply(lines);
    } else if (start.startsWith('SIP/2.0 200') && /INVITE$/.test(header('cseq'))) {
      const [call, dialog] =
        [...this.#dialogs].find(([, { id }]) => id === header('call-id')) ?? [];
      if (dialog === undefined || dialog.to !== null) return;
      dialog.to = header('to');
      this.#send('ACK', dialog);
      await play('answer', { call });
    }
  }

  /** Starts and ends dialogs, so that they match the calls of the extension. */
  #follow() {
    if (this.#contact === '') return;
    const { calls } = this.#park.getSnapshot();
    for (const { call, caller, state } of calls) {
      if (state === 'ringing' && !this.#dialogs.has(call)) void this.#invite(call, caller);
    }
    for (const [call, dialog] of this.#dialogs) {
      const live = calls.find((view) => view.call === call && view.state !== 'parked');
      if (live !== undefined) continue;
      this.#dialogs.delete(call);
      this.#send(dialog.to === null ? 'CANCEL' : 'BYE', dialog);
    }
  }

  async #invite(call, caller) {
    const dialog = {
      id: crypto.randomUUID(),
      from: `"${caller?.name ?? ''}" <sip:${caller?.number}@${domain}>;tag=${crypto.randomUUID()}`,
      to: null,
      branch: `z9hG4bK${crypto.randomUUID()}`,
    };
    this.#dialogs.set(call, dialog);
    this.#send('INVITE', dialog, await offer());
  }

  #send(method, { id, from, to, branch }, body = '') {
    const first = method === 'INVITE' || method === 'CANCEL' || method === 'ACK';
    const place = method === 'ACK' ? 'a' : first ? '' : 'b';
    this.deliver(
      [
        `${method} ${this.#contact} SIP/2.0`,
        `Via: SIP/2.0/WSS ${domain};branch=${branch}${place}`,
        `From: ${from}`,
        `To: ${to ?? `<${this.#contact}>`}`,
        `Call-ID: ${id}`,
        `CSeq: ${first ? 1 : 2} ${method}`,
        `Contact: <sip:${domain};transport=ws>`,
        'Max-Forwards: 70',
        ...(body === '' ? [] : ['Content-Type: application/sdp']),
        `Content-Length: ${new TextEncoder().encode(body).length}`,
        '',
        body,
      ].join(crlf),
    );
  }

  #reply(lines, ...more) {
    const copied = lines.filter((line) => /^(?:via|from|to|call-id|cseq):/i.test(line));
    const answered = copied.map((line) => (/^to:/i.test(line) ? `${line};tag=stand-in` : line));
    const once = answered.map((line) => line.replace(/;tag=([^;]+);tag=stand-in$/, ';tag=$1'));
    this.deliver(['SIP/2.0 200 OK', ...once, ...more, 'Content-Length: 0', '', ''].join(crlf));
  }
}

/** Returns an SDP offer with audio, like that of a switch. */
async function offer() {
  const connection = new RTCPeerConnection();
  connection.addTransceiver('audio');
  const { sdp } = await connection.createOffer();
  await connection.setLocalDescription({ type: 'offer', sdp });
  return sdp;
}

/** Returns the connection in the form of a SIP.js transport. */
export function transportTo(server) {
  return class Transport {
    protocol = 'WSS';
    state = TransportState.Disconnected;
    #changed = new EmitterImpl();

    get stateChange() {
      return this.#changed;
    }

    isConnected() {
      return this.state === TransportState.Connected;
    }

    #turn(state) {
      this.state = state;
      this.#changed.emit(state);
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
    url: `wss://${domain}`,
    sip_uri: `sip:${domain};transport=ws`,
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
