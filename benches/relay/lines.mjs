// Many subscribers of a feed, in a process of their own.

import { connect } from 'node:net';
import { now, pause, serve } from './child.mjs';

/** How long a message may take, in ms. */
const LONGEST_WAIT_MS = 10_000;

/** @type {number[]} */
let delays = [];
let resets = 0;
/** @type {import('node:net').Socket[]} */
const sockets = [];

serve({
  /**
   * Opens lines, `atOnce` at a time. Stalled lines read no more after the first bytes.
   *
   * @param {import('./server.mjs').Address} address
   * @param {number} count
   */
  async open({ port, path, token }, count, isStalled = false, atOnce = 50) {
    const request =
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n` +
      `Authorization: Bearer ${token}\r\n\r\n`;
    for (let opened = 0; opened < count; opened += atOnce) {
      const batch = Math.min(atOnce, count - opened);
      await Promise.all(Array.from({ length: batch }, () => openLine(port, request, isStalled)));
    }
  },

  /**
   * Returns the delays of all messages since the last call, in ms, when there are `count` of them.
   *
   * @param {number} count
   */
  async takeDelays(count) {
    const until = now() + LONGEST_WAIT_MS;
    while (delays.length < count && now() < until) await pause(5);
    const taken = delays;
    delays = [];
    if (taken.length === count) return taken;
    throw new Error(`${taken.length} of ${count} messages arrived, and ${resets} resets`);
  },

  close: () => sockets.splice(0).forEach((socket) => socket.destroy()),
});

function openLine(
  /** @type {number} */ port,
  /** @type {string} */ request,
  /** @type {boolean} */ isStalled,
) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', reject);
    socket.setEncoding('latin1');
    socket.write(request);
    socket.once('data', (/** @type {string} */ head) => {
      if (!head.startsWith('HTTP/1.1 200')) return reject(new Error(head.slice(0, 80)));
      if (isStalled) socket.pause();
      else socket.on('data', delayReader());
      return resolve(null);
    });
  });
}

/** Returns a reader of the texts of one line. A text may end in the middle of a message. */
function delayReader() {
  let rest = '';
  return (/** @type {string} */ text) => {
    const receivedAt = now();
    const messages = (rest + text).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      if (message.includes('event: reset')) resets += 1;
      const sentAt = /CallerIDName=T([\d.]+)/.exec(message)?.[1];
      if (sentAt !== undefined) delays.push(receivedAt - Number(sentAt));
    }
  };
}
