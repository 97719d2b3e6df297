import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono/tiny';
import * as v from 'valibot';
import { readObject } from '../http/body.ts';
import { refuse } from '../http/refuse.ts';
import { listen } from '../listen.ts';
import { PERMISSIONS } from './access.ts';
import { AccessError, type AccessErrorCode } from './access-error.ts';
import type { Administration } from './administration.ts';
import { writePrivateFile } from './store.ts';

/** A relay that listens for commands of its administrator. */
export interface AdminListener {
  close(): Promise<void>;
}

/**
 * Lets the commands of an administrator on this machine reach the running relay.
 *
 * The relay listens on a free port of this machine. It writes the port and a new secret to a file in
 * the folder `state`. Only the owner of the folder can read the file. So who can read the tokens can
 * also change them, and no one else can. `find` returns the administration of a lot, or of the only lot
 * for null.
 */
export async function listenForAdmin(
  state: string,
  find: (lot: string | null) => Administration | null,
): Promise<AdminListener> {
  const secret = randomBytes(32).toString('base64url');
  const app = adminApp(find, secret);
  const listening = await listen((request) => app.fetch(request), '127.0.0.1', 0);
  const file = adminFile(state);
  writePrivateFile(file, JSON.stringify({ url: listening.url, secret, pid: process.pid }));
  return {
    async close() {
      // Another relay may have replaced the file.
      if (readAdminFile(state)?.secret === secret) rmSync(file, { force: true });
      await listening.close();
    },
  };
}

/**
 * Connects to the relay that runs with this folder. Null if none runs. `lot` is one of several lots of
 * this relay. Null: the relay has one lot.
 */
export async function connectAdmin(
  state: string,
  lot: string | null = null,
): Promise<Administration | null> {
  const found = readAdminFile(state);
  if (found === null) return null;
  const { url, secret } = found;
  async function send<Reply>(what: string, body: object): Promise<Reply> {
    const reply = await fetch(`${url}/${what}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ ...body, lot }),
      signal: AbortSignal.timeout(10_000),
    });
    const answer = (await reply.json()) as { code?: AccessErrorCode; message?: string };
    if (reply.ok) return answer as Reply;
    throw new AccessError(answer.code ?? 'invalid', answer.message ?? `status ${reply.status}`);
  }
  try {
    await send('ping', {});
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') {
      throw new AccessError('not-running', 'the relay runs, but does not answer: restart it');
    }
    return null; // The relay was killed, and its file is left over.
  }
  return {
    pair: (code, request) => send('pair', { code, request }),
    addToken: (request) => send('add', { request }),
    listTokens: () => send('list', {}),
    revokeToken: (name) => send('revoke', { name }),
    forget: (number) => send('forget', { number }),
  };
}

function adminApp(find: (lot: string | null) => Administration | null, secret: string): Hono {
  const expected = Buffer.from(`Bearer ${secret}`);
  const app = new Hono();
  app.use(async (c, next) => {
    const sent = Buffer.from(c.req.header('authorization') ?? '');
    if (sent.length === expected.length && timingSafeEqual(sent, expected)) return next();
    return c.json({ message: 'this is for the administrator' }, 401);
  });
  app.onError((error, c) => {
    if (!(error instanceof AccessError)) return refuse(error, c);
    return c.json({ code: error.code, message: error.message }, 400);
  });
  const answers: Record<
    string,
    (body: unknown, administration: Administration) => Promise<object>
  > = {
    pair: async (body, to) => {
      const { code, request } = v.parse(v.object({ code: v.string(), request: GRANT }), body);
      return to.pair(code, request);
    },
    add: async (body, to) => to.addToken(v.parse(v.object({ request: GRANT }), body).request),
    list: async (_, to) => to.listTokens(),
    revoke: async (body, to) => to.revokeToken(v.parse(v.object({ name: v.string() }), body).name),
    forget: async (body, to) => to.forget(v.parse(v.object({ number: v.string() }), body).number),
  };
  app.post('/ping', (c) => c.json({}));
  for (const [name, answer] of Object.entries(answers)) {
    app.post(`/${name}`, async (c) => {
      const body = await readObject(c.req.raw);
      const { lot } = v.parse(LOT, body);
      const administration = find(lot);
      if (administration === null) throw new AccessError('unknown-lot', unknownLot(lot));
      return c.json(await answer(body, administration));
    });
  }
  return app;
}

function unknownLot(lot: string | null): string {
  if (lot === null) return 'this relay has several lots: name one, as --lot acme';
  return `this relay has no lot ${lot}`;
}

function readAdminFile(state: string): v.InferOutput<typeof FILE> | null {
  try {
    return v.parse(FILE, JSON.parse(readFileSync(adminFile(state), 'utf8')));
  } catch {
    return null;
  }
}

function adminFile(state: string): string {
  return join(state, 'admin.json');
}

const LOT = v.object({ lot: v.optional(v.nullable(v.string()), null) });

const FILE = v.object({
  url: v.pipe(v.string(), v.regex(/^http:\/\/127\.0\.0\.1:\d+$/)),
  secret: v.string(),
});

const GRANT = v.object({
  name: v.string(),
  extensions: v.array(v.string()),
  may: v.exactOptional(v.array(v.picklist(PERMISSIONS))),
  lifetimeMs: v.exactOptional(v.number()),
});
