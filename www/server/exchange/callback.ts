import { placeCall, type Call } from './call.ts';
import type { CallList } from './call-list.ts';
import { accountNumber, type Directory, type Extension } from './directory.ts';
import { answerEvent, dialEvent, type SwitchEvent } from './event.ts';
import { randomUuid } from '../random-uuid.ts';
import { SwitchError } from './switch-error.ts';
import type { Timers } from './timers.ts';

/** A request to call one number, and then to connect it with another. */
export interface CallbackRequest {
  /** The extension in the path. It has to exist. */
  readonly extension: string;
  /** The short number of the telephone that rings first. */
  readonly from: string;
  /** The short number that is called after the first telephone was answered. */
  readonly to: string;
  /** The name that the first telephone shows. */
  readonly name: string | null;
  /** How long the first telephone rings, in ms. */
  readonly waitMs: number;
}

/** The ids in the answer to a callback. They have 32 hex digits and no hyphens. */
export interface CallbackIds {
  readonly call: string;
  readonly callId: string;
}

/** The parts of a switch that callbacks use. All methods are called inside `run`, except `run`. */
export interface CallbackHost {
  readonly directory: Directory;
  readonly calls: CallList;
  readonly timers: Timers;
  run<T>(change: (now: number) => T): T;
  send(event: SwitchEvent): void;
  end(now: number, call: Call): void;
}

/** A callback whose first telephone rings. */
interface Ringing {
  readonly id: string;
  readonly source: Call;
  readonly target: Extension;
  readonly endsAt: number;
}

/**
 * The callbacks of a switch, and the extensions that answer by themselves.
 *
 * A callback makes a telephone ring. If it is answered, the switch calls the target and connects the
 * two. The call at the target is another call than the one at the first telephone.
 */
export class Callbacks {
  readonly #host: CallbackHost;
  readonly #sharesIds: boolean;
  readonly #ringing = new Set<Ringing>();

  constructor(host: CallbackHost, sharesIds: boolean) {
    this.#host = host;
    this.#sharesIds = sharesIds;
  }

  /** @throws SwitchError `no-such-extension` or `invalid`. The message says what would be right. */
  start({ extension, from, to, name, waitMs }: CallbackRequest): CallbackIds {
    const { directory, calls, timers } = this.#host;
    directory.get(extension);
    const [source, target] = [directory.findByNumber(from), directory.findByNumber(to)];
    if (source === null || target === null) {
      const known = directory.all().map(({ number }) => number);
      throw new SwitchError('invalid', `src_num and dst_num are of ${known.join(', ')}`);
    }
    return this.#host.run((now) => {
      const id = hexId();
      const far = { number: accountNumber(target), name: name ?? target.name };
      const ids = this.#sharesIds ? { callId: id } : {};
      const call = placeCall(now, 'in', source, far, { callback: id, ...ids });
      calls.add(call);
      if ('leg' in call.state) this.#host.send(dialEvent(now, call, call.state.leg));
      const one = { id, source: call, target, endsAt: now + waitMs };
      this.#ringing.add(one);
      timers.after(waitMs, () => {
        if (this.#ringing.has(one)) this.#host.run((later) => this.check(later));
      });
      return { call: id, callId: id };
    });
  }

  /**
   * Ends a call that an extension has. `name` is a `call_api_id`, or the id of a callback. Returns
   * false if there is no such call.
   */
  hangUp(extension: string, name: string): boolean {
    const owner = this.#host.directory.get(extension);
    return this.#host.run((now) => {
      const all = this.#host.calls.all();
      const isOwn = (call: Call) => call.extension === owner && 'leg' in call.state;
      const named = this.#host.calls.find(name);
      const ofCallback = all.find(({ callback }) => this.#sharesIds && callback === name);
      const call = named !== null && isOwn(named) ? named : ofCallback;
      if (call !== undefined) this.#host.end(now, call);
      return call !== undefined;
    });
  }

  /** Does what is due. The switch calls this before and after a change. */
  check(now: number): void {
    for (const one of this.#ringing) {
      const { source, endsAt } = one;
      if (source.state.kind === 'ringing' && now < endsAt) continue;
      this.#ringing.delete(one);
      if (source.state.kind === 'ringing') this.#host.end(now, source);
      if (source.state.kind === 'talking') this.#callTarget(now, one);
    }
    if (this.#host.directory.all().some(({ answers }) => answers)) this.#answerAll(now);
  }

  dispose(): void {
    this.#ringing.clear();
  }

  #callTarget(now: number, { id, source, target }: Ringing): void {
    const { name } = source.extension;
    const far = { number: accountNumber(source.extension), name };
    const ids = this.#sharesIds ? { callId: source.callId } : {};
    const call = placeCall(now, 'in', target, far, { callback: id, ...ids });
    call.far = source;
    source.far = call;
    this.#host.calls.add(call);
    if ('leg' in call.state) this.#host.send(dialEvent(now, call, call.state.leg));
  }

  /** Answers the calls that ring at extensions which answer by themselves. */
  #answerAll(now: number): void {
    for (const call of this.#host.calls.all()) {
      const { state, extension } = call;
      if (!extension.answers || state.kind !== 'ringing' || state.leg.direction !== 'in') continue;
      call.state = { kind: 'talking', since: now, leg: state.leg };
      this.#host.send(answerEvent(now, call, state.leg));
    }
  }
}

function hexId(): string {
  return randomUuid({ isPlain: true });
}
