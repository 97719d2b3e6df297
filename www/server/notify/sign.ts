import { createHmac } from 'node:crypto';

/** The headers of a notification, as the specification Standard Webhooks says. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signs a notification. `id` is the same for each repetition. `atMs` is the time of this request, in
 * ms since 1970.
 */
export function sign(key: Uint8Array, id: string, atMs: number, body: string): SignedHeaders {
  const timestamp = String(Math.floor(atMs / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
