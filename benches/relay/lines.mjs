// Many subscribers of a feed, in a process of their own.

import { connect } from 'node:net';
import { now, serve } from './child.mjs';

/** @type {number[]} */
let delays = [];
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

  /** Returns the delays of all messages since the last call, in ms. */
  takeDelays() {
    const taken = delays;
    delays = [];
    return taken;
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
      else socket.on('data', noteDelays);
      return resolve(null);
    });
  });
}

function noteDelays(/** @type {string} */ text) {
  const receivedAt = now();
  for (const [, sentAt] of text.matchAll(/CallerIDName=T([\d.]+)/g)) {
    delays.push(receivedAt - Number(sentAt));
  }
}
