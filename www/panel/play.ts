import type { Extension, PlayCall } from 'valet-park/server';
import { server } from './server.ts';

/** The state of the embedded switch, and the token for the panel. */
export interface PlayState {
  readonly token: string;
  readonly extensions: readonly Extension[];
  readonly calls: readonly PlayCall[];
  readonly now: number;
  readonly slots: number;
  readonly patienceMs: number;
  /** The preset of the faults: `calm`, `rough` or `storm`. Null for other faults. */
  readonly preset: string | null;
}

/** Reads the state of the switch. */
export function play(): Promise<PlayState> {
  return send<PlayState>('GET', '/play');
}

/** Lets a caller ring an extension. An empty number means that the caller withholds it. */
export function ring(extension: string, number: string, name: string): Promise<PlayCall> {
  return send<PlayCall>('POST', '/play/ring', { extension, number: number || 'anonymous', name });
}

/** Answers a call at its extension. */
export function answer(call: string): Promise<PlayCall> {
  return send<PlayCall>('POST', '/play/answer', { call });
}

/** Lets the caller hang up, also in a slot. */
export function hangup(call: string): Promise<PlayCall> {
  return send<PlayCall>('POST', '/play/hangup', { call });
}

/** Sets the clock of the switch forward. Calls that have waited long enough then return at once. */
export function setForward(forwardMs: number): Promise<{ readonly now: number }> {
  return send<{ now: number }>('POST', '/play/clock', { forwardMs });
}

/** Sets the faults of the switch. */
export function setFaults(faults: string): Promise<unknown> {
  return send('POST', '/play/faults', { faults });
}

/** Sends a request to the play API. Rejects with the `message` of the answer if it failed. */
async function send<Reply>(method: string, path: string, body?: object): Promise<Reply> {
  const content = body && {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  };
  const reply = await server.fetch(path, { method, ...content });
  const answer = (await reply.json().catch(() => ({}))) as Reply & { message?: string };
  if (!reply.ok) throw new Error(answer.message ?? `${reply.status} ${reply.statusText}`);
  return answer;
}
