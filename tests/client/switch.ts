import {
  type Answer,
  type Dialect,
  Lot,
  type LotOptions,
  type Question,
  readRequest,
  writeAnswer,
} from 'valet-park';
import type { FakeClock } from './clock.ts';

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** What may happen to a request instead of a plain answer. */
export type Fault = (
  carryOut: () => Response,
  signal: AbortSignal | null | undefined,
) => Response | Promise<Response>;

export const base = 'https://pbx.example/api/ver1.0';

/** The network fails before the switch hears of it. */
export const lostBefore: Fault = () => {
  throw new TypeError('fetch failed');
};
/** The switch does it, and the network fails before the answer gets through. */
export const lostAfter: Fault = (carryOut) => {
  carryOut();
  throw new TypeError('fetch failed');
};
/** Nothing is ever heard again; the switch did not do it. */
export const silent: Fault = (_, signal) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });
/** Nothing is ever heard again; the switch did it. */
export const silentAfter: Fault = (carryOut, signal) => {
  carryOut();
  return silent(carryOut, signal);
};
/** The switch answers this and does nothing. */
export const says =
  (status: number, body = '', headers: Record<string, string> = {}): Fault =>
  () =>
    new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
/** The switch does it, and answers this. */
export const doesAndSays =
  (status: number, body = ''): Fault =>
  (carryOut, signal) => {
    carryOut();
    return says(status, body)(carryOut, signal);
  };
/** The switch says that it has done it, and something else happens instead. */
export const claims =
  (answer: Answer, instead: () => void = () => {}): Fault =>
  () => {
    instead();
    return responseOf(answer);
  };
/** Something happens just before the request reaches the switch. */
export const after =
  (happens: () => void): Fault =>
  (carryOut) => {
    happens();
    return carryOut();
  };
/** All goes well. */
export const well: Fault = (carryOut) => carryOut();

/** A request that waits: `goOn` lets it reach the switch. */
export function held(): { readonly fault: Fault; readonly goOn: () => void } {
  let goOn = (): void => {};
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  return { fault: (carryOut) => gate.then(carryOut), goOn };
}

/** A switch with a real lot behind `fetch`, to which anything may happen on the way. */
export class FakeSwitch {
  readonly lot: Lot;
  readonly arrived: Arrived[] = [];
  /** What happens to the requests to come, in order. After the last of them all goes well. */
  readonly faults: Fault[] = [];
  /** What the answers say this switch can do. */
  announces: string | null = null;
  /** What happens to a request where `faults` does not say. */
  always: (question: Question) => Fault = () => well;
  /** The calls with which nothing may be asked: each such question gets a 404. */
  readonly refused = new Set<string>();
  readonly #clock: FakeClock;
  readonly #dialect: Dialect;

  constructor(clock: FakeClock, options: LotOptions = {}) {
    this.#clock = clock;
    this.lot = new Lot({ seed: 1, ...options });
    // A request for a slot that the lot does not have is read, too, and refused by the lot.
    this.#dialect = { slots: Math.max(9, options.slots ?? 9) };
  }

  /** Bound, to be handed on as it is. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = String(input);
    const body = String(init?.body ?? '');
    const arrived = {
      method: init?.method ?? 'GET',
      url,
      headers: new Headers(init?.headers),
      body,
    };
    this.arrived.push(arrived);
    init?.signal?.throwIfAborted();
    const carryOut = (): Response => this.#carryOut(arrived);
    const fault = this.faults.shift() ?? this.always(JSON.parse(body) as Question);
    return fault(carryOut, init?.signal);
  };

  /** The questions that arrived since the last look, briefly: `park 5`, `slots`. */
  taken(): string[] {
    return this.arrived.splice(0).map(({ body }) => {
      const { action, slot } = JSON.parse(body) as Question;
      return slot === undefined ? action : `${action} ${slot}`;
    });
  }

  /** Who waits where, as the lot itself sees it. */
  waiting(): Record<number, string> {
    this.lot.advance(this.#clock.now());
    return Object.fromEntries(this.lot.stalls().map(({ slot, call }) => [slot, call]));
  }

  /** Somebody else does something. */
  park(call: string, slot: number, extension = '32494'): void {
    this.lot.ask(this.#clock.now(), { extension, call, action: 'park', slot });
  }

  bridge(call: string, slot: number, extension = '32494'): void {
    this.lot.ask(this.#clock.now(), { extension, call, action: 'bridge', slot });
  }

  #carryOut({ method, url, body }: Arrived): Response {
    const question = readRequest(method, new URL(url).pathname, body, this.#dialect);
    if (question.action === 'slots' && this.refused.has(question.call)) {
      return new Response('{"message":"Not found"}', { status: 404 });
    }
    const response = responseOf(this.lot.ask(this.#clock.now(), question));
    if (this.announces !== null) response.headers.set('X-Valet-Park', this.announces);
    return response;
  }
}

function responseOf(answer: Answer): Response {
  const { status, ...reply } = writeAnswer(answer);
  return new Response(reply.body, { status, headers: { ...reply.headers } });
}
