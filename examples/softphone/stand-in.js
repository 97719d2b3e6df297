// A SIP server and its wire, for trying the softphone without one. It is the other half of the
// embedded switch: what rings there is sent as an INVITE, what the softphone answers is answered
// there, and what leaves the extension is ended with a BYE, as a real switch does when it parks.

import { EmitterImpl, TransportState } from 'sip.js';
import { play } from '../desk.js';

const domain = 'stand-in.example';
const crlf = '\r\n';

/** The server, which speaks with whoever is on the wire. */
export class StandIn {
  /** What the softphone is sent; set by the end of the wire. */
  deliver = () => {};
  #park;
  #contact = '';
  /** The dialogs by the call of the switch. */
  #dialogs = new Map();

  constructor(park) {
    this.#park = park;
    park.subscribe(() => this.#follow());
  }

  /** A message of the softphone. */
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

  /** Brings the dialogs to where the calls of the extension are. */
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

/** What a switch would offer: some audio. */
async function offer() {
  const connection = new RTCPeerConnection();
  connection.addTransceiver('audio');
  const { sdp } = await connection.createOffer();
  await connection.setLocalDescription({ type: 'offer', sdp });
  return sdp;
}

/** The wire as SIP.js wants one. */
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

/** The wire as JsSIP wants one. */
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
