// The switch of all examples: the embedded one, which `npx valet-park` starts.

import { ValetPark } from 'valet-park';

const given = new URLSearchParams(typeof location === 'object' ? location.search : '');

/** The address of the switch. `?desk=…` or an argument on the command line sets another one. */
export const desk = given.get('desk') ?? globalThis.process?.argv[2] ?? 'http://127.0.0.1:8341';

/** The part of a URL before the extension. */
export const baseUrl = `${desk}/api/ver1.0`;

/** The extension. 34414 is Reception, with the short number 341. `?extension=…` sets another one. */
export const extension = given.get('extension') ?? '34414';

/**
 * The headers of every request. In your app this function asks your server for a token, and keeps
 * the token until shortly before it expires.
 */
export async function headers() {
  token ??= (await ask('')).token;
  return { Authorization: `Bearer ${token}` };
}
let token;

async function ask(what, body) {
  const request = body && { method: 'POST', body: JSON.stringify(body) };
  const reply = await fetch(`${desk}/play${what}`, request);
  if (!reply.ok) throw new Error(`the switch at ${desk} answered: ${await reply.text()}`);
  return reply.json();
}

/** Opens a client for the extension. */
export function openDesk(options) {
  const feed = `${desk}/feed?extension=${extension}`;
  return ValetPark.open({ baseUrl, extension, feed, headers, ...options });
}

/** Makes, answers and ends a test call: `ring`, `dial`, `answer`, `hangup`. A real switch has real calls. */
export function play(what, body) {
  return ask(`/${what}`, body);
}

/** Returns the test calls of an extension. */
export async function callsOf(extension) {
  const { calls } = await ask('');
  return calls.filter((one) => one.extension === extension);
}

/**
 * Returns a text for people. The message of an error is for the log. `<valet-lot>` has all texts.
 */
export function textOf({ code, outcome }) {
  const texts = {
    taken: 'The slot is already taken',
    'lot-full': 'All slots are taken',
    vacant: 'No call waits there any more',
    'different-call': 'Another caller waits there now: check again',
    'no-such-call': 'The call is over',
    'no-answer': 'The telephone was not answered',
    'no-pick-up': 'This switch cannot pick up: call somebody, then connect',
    aborted: 'Cancelled',
  };
  const rest = outcome === 'unknown' ? 'It may have been done: check first' : 'Not done';
  return texts[code] ?? rest;
}

/** Makes a call to Reception and answers it. Returns the call. */
export async function talk(name, number) {
  const { call } = await play('ring', { extension: '341', name, number });
  await play('answer', { call });
  return call;
}
