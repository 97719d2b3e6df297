// The switch that all examples talk to: the embedded one, as `npx valet-park` starts it.

import { ValetPark } from 'valet-park';

const inPage = typeof location === 'object';
const given = inPage ? new URLSearchParams(location.search).get('desk') : process.argv[2];

/** Where it listens. Another one is given by `?desk=…`, or on the command line. */
export const desk = given ?? 'http://127.0.0.1:8341';

/** Reception, with the short number 341. */
const extension = '34414';

/** A client of Reception. With a switch of your own `headers` asks your server for a token. */
export async function openDesk() {
  const { token } = await fetch(`${desk}/play`).then((reply) => reply.json());
  return ValetPark.open({
    baseUrl: `${desk}/api/ver1.0`,
    extension,
    feed: `${desk}/feed?extension=${extension}`,
    headers: () => ({ Authorization: `Bearer ${token}` }),
  });
}

/** Makes a call happen, which with a switch of your own somebody else does: `ring`, `answer`. */
export async function play(what, body) {
  const request = { method: 'POST', body: JSON.stringify(body) };
  return fetch(`${desk}/play/${what}`, request).then((reply) => reply.json());
}

/** Somebody calls Reception, and is answered. */
export async function talk(name, number) {
  const { call } = await play('ring', { extension: '341', name, number });
  await play('answer', { call });
  return call;
}
