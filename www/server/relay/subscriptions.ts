import { isRecord } from '../http/body.ts';
import type { Reply } from '../http/reply.ts';
import { EVENT_TYPES } from '../exchange/event.ts';
import type { Upstream } from './upstream.ts';

/** Which web hooks of the switch belong to this relay, and what they have to be. */
export interface SubscriptionOptions {
  /** The part of the URL before the secret, for example `https://park.example/hook/`. */
  readonly hookUrl: string;
  readonly secret: string;
  /** A word that no other relay of the same customer has. The relay knows its web hooks by it. */
  readonly installation: string;
  /** The ids of the extensions. */
  readonly extensions: readonly string[];
}

/** The changes that `subscribe` or `unsubscribe` made. */
export interface SubscriptionReport {
  /** `client`: one set of web hooks for the whole customer. `extension`: one for each extension. */
  readonly scope: 'client' | 'extension';
  readonly kept: number;
  readonly created: number;
  readonly removed: number;
}

/** A web hook, as the switch lists it. */
interface Hook {
  readonly id: string;
  readonly url: string;
  readonly type: string;
  readonly method: string;
}

/**
 * Creates the web hooks that are missing, and removes own ones that are wrong or double. Does not
 * touch web hooks of other applications.
 *
 * @throws Error if the switch refuses. The message says what the switch answered.
 */
export function subscribe(
  upstream: Upstream,
  options: SubscriptionOptions,
): Promise<SubscriptionReport> {
  return reconcile(upstream, options, EVENT_TYPES);
}

/** Removes all own web hooks. @throws Error as `subscribe` does. */
export function unsubscribe(
  upstream: Upstream,
  options: SubscriptionOptions,
): Promise<SubscriptionReport> {
  return reconcile(upstream, options, []);
}

async function reconcile(
  upstream: Upstream,
  options: SubscriptionOptions,
  types: readonly string[],
): Promise<SubscriptionReport> {
  const perExtension = options.extensions.map(
    (id) => `/extension/${encodeURIComponent(id)}/event/`,
  );
  const forClient = await clientPath(upstream);
  const isClientWide = forClient !== null;
  const report = { kept: 0, created: 0, removed: 0 };
  for (const path of isClientWide ? [forClient, ...perExtension] : perExtension) {
    // With web hooks of the client, those of the extensions would deliver each event twice.
    const wanted = isClientWide && path !== forClient ? [] : types;
    const done = await reconcilePath(upstream, path, options, wanted);
    report.kept += done.kept;
    report.created += done.created;
    report.removed += done.removed;
  }
  return { scope: isClientWide ? 'client' : 'extension', ...report };
}

async function reconcilePath(
  upstream: Upstream,
  path: string,
  { hookUrl, secret, installation }: SubscriptionOptions,
  types: readonly string[],
): Promise<Omit<SubscriptionReport, 'scope'>> {
  const mark = `?valet-park=${encodeURIComponent(installation)}`;
  const url = `${hookUrl}${secret}${mark}`;
  const own = hooksIn(await expectOk(upstream.send('GET', path), 'list the web hooks')).filter(
    (hook) => hook.url.endsWith(mark),
  );
  const kept = new Set<string>();
  let removed = 0;
  for (const hook of own) {
    const isRight =
      hook.url === url &&
      hook.method === METHOD &&
      types.includes(hook.type) &&
      !kept.has(hook.type);
    if (isRight) {
      kept.add(hook.type);
      continue;
    }
    // Without an id, the path would name all web hooks.
    if (hook.id === '') continue;
    const one = `${path}${encodeURIComponent(hook.id)}`;
    await expectOk(upstream.send('DELETE', one), 'remove a web hook');
    removed += 1;
  }
  const missing = types.filter((type) => !kept.has(type));
  for (const type of missing) {
    const body = { url, event_type: type, method: METHOD };
    await expectOk(upstream.send('POST', path, body), 'create a web hook');
  }
  return { kept: kept.size, created: missing.length, removed };
}

/** Returns the path of the web hooks of the client. Null if the switch does not allow it. */
async function clientPath(upstream: Upstream): Promise<string | null> {
  const client = await clientOf(upstream);
  if (client === null) return null;
  const path = `/client/${client}/phone_events/`;
  const { status } = await upstream.send('GET', path);
  return status === 200 ? path : null;
}

/** Returns the id of the client that the token belongs to. Null if the switch does not tell it. */
export async function clientOf(upstream: Upstream): Promise<string | null> {
  const { status, body } = await upstream.send('GET', '/user/');
  const value = status === 200 ? parsed(body) : null;
  const id = isRecord(value) ? value.client_id : null;
  return typeof id === 'number' || (typeof id === 'string' && /^\w+$/.test(id)) ? String(id) : null;
}

function hooksIn(body: string): Hook[] {
  const list = parsed(body);
  return (Array.isArray(list) ? list : []).filter(isRecord).map((hook) => ({
    id: textOf(hook.id),
    url: textOf(hook.url),
    type: textOf(hook.event_type),
    method: textOf(hook.method).toUpperCase(),
  }));
}

async function expectOk(asked: Promise<Reply>, what: string): Promise<string> {
  const { status, body } = await asked;
  if (status >= 200 && status < 300) return body;
  const value = parsed(body);
  const reason = isRecord(value) ? textOf(value.message ?? value.error).slice(0, 120) : '';
  throw new Error(`the switch does not let us ${what}: status ${status} ${reason}`.trimEnd());
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const METHOD = 'POST';
