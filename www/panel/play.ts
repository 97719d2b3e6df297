import type { Extension, PlayCall } from 'valet-park/server';

/** All that can be played with, and the token the panel may use. */
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

/** Everything at once. */
export function play(): Promise<PlayState> {
  return ask<PlayState>('GET', '/play');
}

/** Somebody outside rings an extension. Whoever withholds the number is anonymous to a switch. */
export function ring(extension: string, number: string, name: string): Promise<PlayCall> {
  return ask<PlayCall>('POST', '/play/ring', { extension, number: number || 'anonymous', name });
}

/** The extension picks up. */
export function answer(call: string): Promise<PlayCall> {
  return ask<PlayCall>('POST', '/play/answer', { call });
}

/** The far party hangs up, wherever it is, in a slot too. */
export function hangup(call: string): Promise<PlayCall> {
  return ask<PlayCall>('POST', '/play/hangup', { call });
}

/** Sets the clock of the switch forward; what is over by then happens at once. */
export function setForward(forwardMs: number): Promise<{ readonly now: number }> {
  return ask<{ now: number }>('POST', '/play/clock', { forwardMs });
}

/** Sets the faults of the switch. */
export function setFaults(faults: string): Promise<unknown> {
  return ask('POST', '/play/faults', { faults });
}

/** The play API answers with what it promised, or with a `message` that says what was wrong. */
async function ask<Reply>(method: string, path: string, body?: object): Promise<Reply> {
  const sent = body && {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  };
  const reply = await fetch(path, { method, ...sent });
  const said = (await reply.json().catch(() => ({}))) as Reply & { message?: string };
  if (!reply.ok) throw new Error(said.message ?? `${reply.status} ${reply.statusText}`);
  return said;
}
