import { Hono } from 'hono/tiny';
import { AccessError } from '../access/access-error.ts';
import type { Pairing } from '../access/pairing.ts';
import { readObject } from './body.ts';
import type { ClientAddresses } from './client-address.ts';
import { onlyBy } from './refuse.ts';

/**
 * `POST /pair`: a panel without a token gets a code, which it shows, and a secret. `POST /pair/poll`
 * with `{"device": "<the secret>"}`: whether an administrator has let the panel in.
 */
export function pairRoute(pairing: Pairing, addresses: ClientAddresses): Hono {
  return new Hono()
    .onError((error, c) => {
      if (!(error instanceof AccessError)) throw error;
      const { code, message } = error;
      if (code === 'too-many') return c.json({ message }, 429, { 'Retry-After': '600' });
      return c.json({ message }, 503, { 'Retry-After': '5' });
    })
    .post('/', async (c) => c.json(await pairing.begin(addresses.of(c))))
    .post('/poll', async (c) => {
      const { device } = await readObject(c.req.raw);
      if (typeof device === 'string') return c.json(await pairing.poll(device));
      return c.json({ message: 'send {"device": "…"} with the secret of POST /pair' }, 400);
    })
    .all('/', onlyBy('POST'))
    .all('/poll', onlyBy('POST'));
}
