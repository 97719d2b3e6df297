import type { Answer, Dialect, Question } from 'valet-park';
import { Lot, type LotOptions, readRequest, writeAnswer } from 'valet-park/lot';
import type { FakeClock } from './clock.ts';

/** One request that arrived. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Something that happens to a request, in place of a plain answer. */
export type Fault = (
  carryOut: () => Response,
  signal: AbortSignal | null | undefined,
) => Response | Promise<Response>;

export const base = 'https://pbx.example/api/ver1.0';

/** The network fails before the request reaches the switch. */
export const lostBefore: Fault = () => {
  throw new TypeError('fetch failed');
};
/** The switch carries the request out, and the network loses the answer. */
export const lostAfter: Fault = (carryOut) => {
  carryOut();
  throw new TypeError('fetch failed');
};
/** No answer ever comes. The switch did not carry the request out. */
export const silent: Fault = (_, signal) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });
/** No answer ever comes. The switch carried the request out. */
export const silentAfter: Fault = (carryOut, signal) => {
  carryOut();
  return silent(carryOut, signal);
};
/** The switch gives this answer and does nothing. */
export const says =
  (status: number, body = '', headers: Record<string, string> = {}): Fault =>
  () =>
    new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
/** The switch carries the request out, and gives this answer. */
export const doesAndSays =
  (status: number, body = ''): Fault =>
  (carryOut, signal) => {
    carryOut();
    return says(status, body)(carryOut, signal);
  };
/** The switch answers "done", but does `instead`. */
export const claims =
  (answer: Answer, instead: () => void = () => {}): Fault =>
  () => {
    instead();
    return responseOf(answer);
  };
/** `happens` is called just before the request reaches the switch. */
export const after =
  (happens: () => void): Fault =>
  (carryOut) => {
    happens();
    return carryOut();
  };
/** The switch carries the request out and answers. */
export const well: Fault = (carryOut) => carryOut();

/** Holds a request back until `goOn` is called. */
export function held(): { readonly fault: Fault; readonly goOn: () => void } {
  let goOn = (): void => {};
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  return { fault: (carryOut) => gate.then(carryOut), goOn };
}

/** A switch with a real lot behind `fetch`. A test may let its requests and answers go wrong. */
export class FakeSwitch {
  readonly lot: Lot;
  readonly arrived: Arrived[] = [];
  /** The faults of the next requests, in order. After the last one, `always` decides. */
  readonly faults: Fault[] = [];
  /** The value of the header that announces what this switch can do. */
  announces: string | null = null;
  /** Returns the fault of a request when `faults` is empty. */
  always: (question: Question) => Fault = () => well;
  /** The calls that may not be asked with. A question with one of them gets a 404. */
  readonly refused = new Set<string>();
  /** The requests that change a note: the path after the base URL, and the body. */
  readonly notes: [path: string, body: unknown][] = [];
  /** The list of current calls. Null if this switch has no such list. */
  calls: unknown[] | null = null;
  readonly #clock: FakeClock;
  readonly #dialect: Dialect;

  constructor(clock: FakeClock, options: LotOptions = {}) {
    this.#clock = clock;
    this.lot = new Lot({ seed: 1, ...options });
    // The lot itself refuses a slot that it does not have, so the dialect has to allow that slot.
    this.#dialect = { slots: Math.max(9, options.slots ?? 9) };
  }

  /** The `fetch` of the client. It needs no `this`. */
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
    if (arrived.method === 'GET') {
      return this.calls
        ? Response.json({ call_list: this.calls })
        : new Response('', { status: 404 });
    }
    const carryOut = (): Response => this.#carryOut(arrived);
    if (url.endsWith('/note')) return this.#note(arrived, init?.signal);
    const fault = this.faults.shift() ?? this.always(JSON.parse(body) as Question);
    return fault(carryOut, init?.signal);
  };

  /** Returns the questions since the last call in short form, like `park 5` or `slots`. */
  taken(): string[] {
    const questions = this.arrived.splice(0).filter(({ method }) => method === 'PUT');
    return questions.map(({ body }) => {
      const { action, slot } = JSON.parse(body) as Question;
      return slot === undefined ? action : `${action} ${slot}`;
    });
  }

  /** Returns the call that waits in each slot, as the lot knows it. */
  waiting(): Record<number, string> {
    this.lot.advance(this.#clock.now());
    return Object.fromEntries(this.lot.stalls().map(({ slot, call }) => [slot, call]));
  }

  /** Another extension parks a call. */
  park(call: string, slot: number, extension = '32494'): void {
    this.lot.ask(this.#clock.now(), { extension, call, action: 'park', slot });
  }

  /** Another extension connects a parked call. */
  bridge(call: string, slot: number, extension = '32494'): void {
    this.lot.ask(this.#clock.now(), { extension, call, action: 'bridge', slot });
  }

  #note(
    { url, body }: Arrived,
    signal: AbortSignal | null | undefined,
  ): Response | Promise<Response> {
    const carryOut = (): Response => {
      this.notes.push([url.slice(base.length), JSON.parse(body)]);
      return this.#announcing(new Response('{}'));
    };
    return (this.faults.shift() ?? well)(carryOut, signal);
  }

  #carryOut({ method, url, body }: Arrived): Response {
    const question = readRequest(method, new URL(url).pathname, body, this.#dialect);
    if (question.action === 'slots' && this.refused.has(question.call)) {
      return new Response('{"message":"Not found"}', { status: 404 });
    }
    return this.#announcing(responseOf(this.lot.ask(this.#clock.now(), question)));
  }

  #announcing(response: Response): Response {
    if (this.announces !== null) response.headers.set('X-Valet-Park', this.announces);
    return response;
  }
}

function responseOf(answer: Answer): Response {
  const { status, ...reply } = writeAnswer(answer);
  return new Response(reply.body, { status, headers: { ...reply.headers } });
}
