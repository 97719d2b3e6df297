// A stand-in for a SIP server. It belongs to the embedded switch: a call that rings there becomes an
// INVITE, an INVITE of the softphone becomes a call there, and a call that leaves the extension
// ends with a BYE.
//
// Everything that the switch sends to the client passes through the stand-in first. So a softphone
// gets the BYE before the answer to its park, and the call event after the BYE, as with FreeSWITCH.

import { callsOf, play } from '../../desk.js';
import { FarEnd } from './far-end.js';
import { replyTo, readMessage, requestIn } from './message.js';

/** The SIP server of one softphone. */
export class StandIn {
  /** Sends a text to the softphone. The connection sets this function. */
  deliver = () => {};
  /** Gets the call events that the embedded switch does not send. */
  onEvent = () => {};
  #extension;
  #contact = '';
  /** The dialogs, by the call of the switch. */
  #dialogs = new Map();
  /** The calls that have left the softphone, although the switch still counts them as its calls. */
  #released = new Set();
  #queue = Promise.resolve();

  constructor(extension) {
    this.#extension = extension;
  }

  /** The `fetch` of the client. */
  fetch = async (url, init) => {
    const reply = await fetch(url, init);
    await this.#inTurn(() => this.#follow());
    if (reply.ok) await this.#inTurn(() => this.#release(url, init?.body));
    const isFeed = reply.headers.get('Content-Type')?.startsWith('text/event-stream');
    if (!isFeed) return reply;
    const after = new TransformStream({
      transform: async (chunk, feed) => {
        await this.#inTurn(() => this.#follow());
        feed.enqueue(chunk);
      },
    });
    return new Response(reply.body.pipeThrough(after), reply);
  };

  /** Handles a message of the softphone. */
  async receive(text) {
    const message = readMessage(text);
    const [call, dialog] = this.#find(message.header('call-id'));
    switch (message.isReply ? `${message.status} ${message.method}` : message.method) {
      case 'REGISTER':
        this.#contact = /<([^>]+)>/.exec(message.header('contact'))[1];
        this.deliver(
          replyTo(message, '200 OK', [`Contact: ${message.header('contact')};expires=600`]),
        );
        return this.#inTurn(() => this.#follow());
      case 'INVITE':
        return this.#inTurn(() => this.#dial(message));
      case 'CANCEL':
        this.deliver(replyTo(message, '200 OK'));
        if (dialog) this.deliver(replyTo(dialog.invite, '487 Request Terminated'));
        return this.#hangUp(call, dialog);
      case 'BYE':
        this.deliver(replyTo(message, '200 OK'));
        return this.#hangUp(call, dialog);
      case '200 INVITE':
        if (!dialog || dialog.isAnswered) return;
        Object.assign(dialog, { isAnswered: true, remote: message.header('to') });
        this.deliver(requestIn(dialog, 'ACK'));
        await dialog.farEnd.accept(message.body);
        return play('answer', { call });
      default:
        // The softphone refuses a call.
        if (!message.isReply || message.method !== 'INVITE' || message.status < 300) return;
        if (!dialog) return;
        this.deliver(requestIn({ ...dialog, remote: message.header('to') }, 'ACK'));
        return this.#hangUp(call, dialog);
    }
  }

  #find(id) {
    return [...this.#dialogs].find(([, dialog]) => dialog.id === id) ?? [];
  }

  /** Does one thing after the other. */
  #inTurn(task) {
    this.#queue = this.#queue.then(task, task);
    return this.#queue;
  }

  /** Starts, answers and ends dialogs, so that they match the calls of the extension. */
  async #follow() {
    if (this.#contact === '') return;
    const calls = await callsOf(this.#extension);
    for (const [call, dialog] of this.#dialogs) {
      const found = calls.find((one) => one.call === call);
      const isUp = found?.state === 'ringing' || found?.state === 'talking';
      // A call that has returned rings again, in a new dialog.
      if (!isUp || (dialog.hasTalked && found.state === 'ringing')) this.#end(call, dialog);
    }
    for (const { call, number, name, state } of calls) {
      const dialog = this.#dialogs.get(call);
      if (this.#released.has(call)) continue;
      if (state === 'ringing' && !dialog) await this.#invite(call, number, name);
      if (state === 'talking' && dialog) await this.#talk(dialog, number);
    }
  }

  async #invite(call, number, name) {
    const farEnd = new FarEnd();
    const dialog = {
      id: crypto.randomUUID(),
      contact: this.#contact,
      local: `"${name}" <sip:${number}@stand-in.example>;tag=${crypto.randomUUID()}`,
      remote: `<${this.#contact}>`,
      branch: `z9hG4bK${crypto.randomUUID()}`,
      isAnswered: false,
      farEnd,
    };
    this.#dialogs.set(call, dialog);
    const slot = /^Pick up (\d+): /.exec(name)?.[1];
    const headers = slot ? [`X-Pick-Up-Slot: ${slot}`] : [];
    this.deliver(requestIn(dialog, 'INVITE', headers, await farEnd.offer()));
  }

  /** The softphone calls a number. */
  async #dial(invite) {
    this.deliver(replyTo(invite, '100 Trying'));
    const number = /sip:([^@]+)@/.exec(invite.header('to'))[1];
    const { call } = await play('dial', { extension: this.#extension, number });
    this.#dialogs.set(call, {
      id: invite.header('call-id'),
      contact: this.#contact,
      local: `${invite.header('to')};tag=stand-in`,
      remote: invite.header('from'),
      branch: `z9hG4bK${crypto.randomUUID()}`,
      isAnswered: false,
      farEnd: new FarEnd(),
      invite,
    });
    this.deliver(replyTo(invite, '180 Ringing'));
  }

  async #talk(dialog, number) {
    dialog.hasTalked = true;
    if (dialog.invite && !dialog.isAnswered) {
      dialog.isAnswered = true;
      const sdp = await dialog.farEnd.answer(dialog.invite.body);
      const contact = 'Contact: <sip:stand-in.example;transport=ws>';
      this.deliver(replyTo(dialog.invite, '200 OK', [contact], sdp));
    }
    await dialog.farEnd.speak(number);
  }

  /** Ends a dialog from the side of the server. */
  #end(call, dialog) {
    this.#dialogs.delete(call);
    dialog.farEnd.close();
    if (dialog.isAnswered) this.deliver(requestIn(dialog, 'BYE'));
    else if (dialog.invite) this.deliver(replyTo(dialog.invite, '480 Temporarily Unavailable'));
    else this.deliver(requestIn(dialog, 'CANCEL'));
  }

  /** Ends a call because the softphone has ended its dialog. */
  async #hangUp(call, dialog) {
    if (!dialog) return;
    this.#dialogs.delete(call);
    dialog.farEnd.close();
    await play('hangup', { call });
  }

  /**
   * Ends the dialog of a call that was bridged. FreeSWITCH does that: the two other ends talk, and
   * the softphone is free. The embedded switch keeps such a call at the extension.
   */
  #release(url, body) {
    const call = decodeURIComponent(/valet_park\/([^/]+)$/.exec(String(url))?.[1] ?? '');
    const dialog = this.#dialogs.get(call);
    if (!dialog || !/"action":"bridge"/.test(body)) return;
    this.#released.add(call);
    this.#end(call, dialog);
    this.onEvent({ EventType: 'hangup', CallAPIID: call });
  }
}
