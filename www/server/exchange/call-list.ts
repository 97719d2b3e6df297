import { parseCallApiId } from 'valet-park';
import type { Call } from './call.ts';
import { SwitchError } from './switch-error.ts';

/** The calls that are up. They are found by any spelling of their id. */
export class CallList {
  readonly #calls = new Map<string, Call>();

  /** @throws SwitchError `busy` if the switch has the largest number of calls. */
  add(call: Call): void {
    if (this.#calls.size >= MAX_CALLS) {
      throw new SwitchError('busy', `the switch carries ${MAX_CALLS} calls at most, hang some up`);
    }
    this.#calls.set(call.uuid, call);
  }

  delete(call: Call): void {
    this.#calls.delete(call.uuid);
  }

  /** Returns the call with this id. Null if it has ended, or never existed. */
  find(name: string): Call | null {
    try {
      return this.#calls.get(parseCallApiId(name).uuid) ?? null;
    } catch {
      return null; // No call can have this id.
    }
  }

  /** Like `find`. @throws SwitchError `no-such-call` instead of null. */
  get(name: string): Call {
    const call = this.find(name);
    if (call === null) throw new SwitchError('no-such-call', 'no call of this id is alive');
    return call;
  }

  /** All calls, in the order in which they were placed. */
  all(): Call[] {
    return [...this.#calls.values()];
  }

  /** The call, and all calls that are connected with it directly or through others. */
  connectedWith(call: Call): Call[] {
    const members = new Set([call]);
    for (const { state, joined, far } of members) {
      if (state.kind === 'bridged' && state.into !== null) members.add(state.into);
      if (far !== null) members.add(far);
      for (const member of joined) members.add(member);
    }
    return [...members];
  }
}

/** More than the largest lot holds. A limit protects the memory. */
const MAX_CALLS = 100_000;
