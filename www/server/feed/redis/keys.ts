import type { Reply } from '../../http/reply.ts';
import type { KeyRecord, KeyStore } from '../log.ts';
import type { LogState } from '../state.ts';
import type { Alone } from './alone.ts';
import type { Session } from './session.ts';

/** The parts of a log that `SharedKeys` uses. */
export interface SharedKeysParts {
  readonly state: Pick<LogState, 'keyRecord' | 'apply'>;
  readonly alone: Alone;
  /** Resolves to null while the relay is alone. */
  readonly joined: () => Promise<Session | null>;
  /** Returns the key in Redis of a command. */
  readonly keyOf: (name: string) => string;
  /** Returns the time in ms since 1970. */
  readonly at: () => number;
  /** Returns the time for a script. */
  readonly now: () => number | '';
}

/**
 * The commands of all relays of a lot. A relay also remembers its own commands, so that it knows them
 * while Redis is away.
 */
export class SharedKeys implements KeyStore {
  readonly #parts: SharedKeysParts;

  constructor(parts: SharedKeysParts) {
    this.#parts = parts;
  }

  async claim(name: string, request: string): Promise<KeyRecord | null> {
    const { state, alone, joined, keyOf, at, now } = this.#parts;
    const own = state.keyRecord(name, at());
    if (own !== null) return own;
    const session = await joined();
    try {
      const found = await session?.run('claim', [keyOf(name)], [now(), request]);
      const [known, answer = ''] = (found ?? []) as string[];
      if (known !== undefined) {
        return { request: known, reply: answer === '' ? null : (JSON.parse(answer) as Reply) };
      }
      if (session === null) throw new Error('the relay is alone');
    } catch {
      const claimed = state.keyRecord(name, at()); // Another request with this key may have failed, too.
      if (claimed !== null) return claimed;
      alone.claimed(name, request);
    }
    state.apply({ kind: 'sent', name, request, at: at() });
    return null;
  }

  async answer(name: string, reply: Reply): Promise<void> {
    const { state, alone, joined, keyOf, at, now } = this.#parts;
    const known = state.keyRecord(name, at());
    if (known === null) return;
    const { request } = known;
    state.apply({ kind: 'answered', name, request, reply, at: at() });
    try {
      const session = await joined();
      if (session === null) throw new Error('the relay is alone');
      await session.run('answer', [keyOf(name)], [now(), request, JSON.stringify(reply)]);
    } catch {
      alone.claimed(name, request, reply);
    }
  }
}
