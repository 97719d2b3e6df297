import { parseCallApiId } from 'valet-park';
import type { Call } from './call.ts';
import { SwitchError } from './switch-error.ts';

/** The calls that live, found by any way of writing their id. */
export class CallList {
  readonly #calls = new Map<string, Call>();

  /** @throws SwitchError if the switch carries as many calls as it can. */
  add(call: Call): void {
    if (this.#calls.size >= MAX_CALLS) {
      throw new SwitchError('busy', `the switch carries ${MAX_CALLS} calls at most, hang some up`);
    }
    this.#calls.set(call.uuid, call);
  }

  delete(call: Call): void {
    this.#calls.delete(call.uuid);
  }

  /** The call of this name, or `null`: whether it is over or never was cannot be told. */
  find(name: string): Call | null {
    try {
      return this.#calls.get(parseCallApiId(name).uuid) ?? null;
    } catch {
      return null; // A name that no call could have.
    }
  }

  /** Like `find`. @throws SwitchError if there is none. */
  get(name: string): Call {
    const call = this.find(name);
    if (call === null) throw new SwitchError('no-such-call', 'no call of this id is alive');
    return call;
  }

  /** In the order in which they were placed. */
  all(): Call[] {
    return [...this.#calls.values()];
  }

  /** The call and all that are bridged with it, directly or through others. */
  connectedWith(call: Call): Call[] {
    let first = call;
    while (first.state.kind === 'bridged' && first.state.into !== null) first = first.state.into;
    const members = [first];
    for (const member of members) members.push(...member.joined);
    return members;
  }
}

/** More than the largest lot holds; a bound, so that calls nobody ends cannot fill the memory. */
const MAX_CALLS = 100_000;
