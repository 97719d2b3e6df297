import type { Dialect } from 'valet-park';
import { readStored, store } from '../element/browser-features.ts';
import { server } from './server.ts';

/** A pairing that has begun: the code to show, and the secret with which to poll the result. */
export interface Begun {
  readonly code: string;
  readonly device: string;
  readonly expiresInS: number;
  readonly intervalS: number;
}

/** The state of a pairing. `paired`: the administrator has entered the code. */
export type PairingState =
  { readonly state: 'waiting' | 'expired' } | { readonly state: 'paired'; readonly token: string };

/** The place, the extensions and the dialect that belong to the token of this panel. */
export interface PanelAccess {
  readonly name: string;
  /** The permissions of the token. Without `act` it may only look. */
  readonly may: readonly string[];
  readonly extensions: readonly { readonly id: string; readonly name: string }[];
  readonly dialect: Dialect;
}

/** Returns whether an embedded switch or a relay has sent the page. */
export async function serverKind(): Promise<'switch' | 'relay'> {
  const found = await json<{ server: 'switch' | 'relay' }>(
    await fetch(`${server.base}/panel.json`),
  );
  return found.server;
}

/** Starts a pairing. */
export async function beginPairing(): Promise<Begun> {
  return json(await fetch(`${server.base}/pair`, { method: 'POST' }));
}

/** Returns the state of the pairing of this device. */
export async function pollPairing(device: string): Promise<PairingState> {
  const body = JSON.stringify({ device });
  return json(await fetch(`${server.base}/pair/poll`, { method: 'POST', body }));
}

/** Reads the journal of the server: who waited in which slot, and how the calls left. */
export async function readJournal(token: string): Promise<unknown> {
  const headers = { Authorization: `Bearer ${token}` };
  return json(await server.fetch(`${server.base}/journal`, { headers }));
}

/** Returns the access of a token. Null if the token is not valid any more. */
export async function readAccess(token: string): Promise<PanelAccess | null> {
  const reply = await fetch(`${server.base}/access`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return reply.status === 401 ? null : json(reply);
}

/** The token of this browser. It stays in memory, too, because the browser may have no storage. */
export const ownToken = {
  value: null as string | null,
  read(): string | null {
    return (this.value ??= readStored(storageKey));
  },
  write(token: string | null): void {
    this.value = token;
    store(storageKey, token);
  },
  /** Calls `listener` when another tab has removed the token. */
  onRemoved(listener: () => void, signal: AbortSignal): void {
    const onStorage = ({ key, newValue }: StorageEvent): void => {
      if (key === storageKey && newValue === null) listener();
    };
    addEventListener('storage', onStorage, { signal });
  },
};

/** Each lot of a relay has its own tokens. */
const storageKey = ['valet-park token', server.base].join(' ').trim();

/** Returns the body of an answer. Rejects with the `message` of the answer if the request failed. */
async function json<Body>(reply: Response): Promise<Body> {
  const body = (await reply.json().catch(() => ({}))) as Body & { message?: string };
  if (!reply.ok) throw new Error(body.message ?? `${reply.status} ${reply.statusText}`);
  return body;
}
