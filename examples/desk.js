// The switch that all examples talk to: the embedded one, as `npx valet-park` starts it.

import { ValetPark } from 'valet-park';

const inPage = typeof location === 'object';
const given = inPage ? new URLSearchParams(location.search).get('desk') : process.argv[2];

/** Where it listens. Another one is given by `?desk=…`, or on the command line. */
export const desk = given ?? 'http://127.0.0.1:8341';

/** What comes before the resources, and Reception, which has the short number 341. */
export const baseUrl = `${desk}/api/ver1.0`;
export const extension = '34414';

/** What every request carries. With a switch of your own this asks your server for a token, and
 *  keeps it until shortly before it expires. */
export async function headers() {
  token ??= (await ask('')).token;
  return { Authorization: `Bearer ${token}` };
}
let token;

async function ask(what, body) {
  const request = body && { method: 'POST', body: JSON.stringify(body) };
  const reply = await fetch(`${desk}/play${what}`, request);
  if (!reply.ok) throw new Error(`the switch at ${desk} said: ${await reply.text()}`);
  return reply.json();
}

/** A client of Reception. */
export function openDesk() {
  const feed = `${desk}/feed?extension=${extension}`;
  return ValetPark.open({ baseUrl, extension, feed, headers });
}

/** Makes a call happen, which with a switch of your own somebody else does: `ring`, `answer`. */
export function play(what, body) {
  return ask(`/${what}`, body);
}

/** What to tell people of an error; its own message is for the log. `<valet-lot>` says them all. */
export function textOf({ code, outcome }) {
  const texts = {
    taken: 'The slot is already taken',
    'lot-full': 'All slots are taken',
    vacant: 'Nobody waits there any more',
    'different-call': 'Somebody else waits there now: look again',
    'no-such-call': 'The call is over',
  };
  const rest = outcome === 'unknown' ? 'Nobody knows whether it was done: look first' : 'Not done';
  return texts[code] ?? rest;
}

/** Somebody calls Reception, and is answered. */
export async function talk(name, number) {
  const { call } = await play('ring', { extension: '341', name, number });
  await play('answer', { call });
  return call;
}
