import { wasm } from './wasm.js';
import { Handle, lost, type Row } from './wasm_module.js';
import {
  callName,
  dialectParts,
  extensionName,
  fields,
  milliseconds,
  unexpected,
  word,
} from './validate.js';
import { error, isValetError, type Trouble, trouble, ValetError } from './error.js';
import { type Answered, type Line, send } from './http.js';
import { list, type Next } from './row.js';
import {
  type Departure,
  departure,
  emptySnapshot,
  type Outside,
  type Snapshot,
  snapshot,
  type Whereabouts,
  whereabouts,
} from './snapshot.js';
import type { ValetParkOptions } from './options.js';
import type { Told } from './tabs.js';
import { type HttpRequest, request } from './wire.js';
import type { Dialect } from './types.js';

/** What the mirror wants done after something happened. */
interface Effects {
  readonly wakeAt: number | null;
  readonly requests: readonly { readonly ticket: number; readonly request: HttpRequest }[];
  readonly notices: readonly (Notice | Ended)[];
  readonly snapshot: Snapshot;
}

/** How a command ended. */
type Ended =
  | { readonly kind: 'settled'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly trouble: Trouble };

/** What happened, in the order in which the core takes it. */
type Input = readonly [what: string, ...Row];

/** What the mirror wants told. */
export type Notice =
  | { readonly kind: 'parked'; readonly slot: number }
  | { readonly kind: 'departed'; readonly departure: Departure }
  | { readonly kind: 'due'; readonly slot: number; readonly leftMs: 60_000 | 30_000 | 10_000 }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/**
 * What a feed tells. `down`: there is none. `partial`: answers and call events, so a call that
 * somebody parks with a telephone is not told of. `exact`: every call that enters or leaves a slot.
 */
export type FeedState = 'down' | 'partial' | 'exact';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Who is told what an engine's work brought. */
export interface EngineListener {
  /** The snapshot is another one. */
  changed(snapshot: Snapshot): void;
  notice(notice: Notice): void;
  trouble(error: ValetError): void;
  /** The switch answered what was asked at `at`. */
  asked(request: HttpRequest, answered: Answered, at: number): void;
}

/**
 * Carries out what the mirror in the core decides: sends, waits, tells.
 *
 * It knows no rule of parking. When the core fails, it starts with a new mirror, which loses
 * nothing that cannot be asked for again, and lets every command that was under way end as `lost`.
 */
export class Engine {
  readonly #options: ValetParkOptions;
  readonly #line: Line;
  readonly #listener: EngineListener;
  readonly #stop = new AbortController();
  readonly #waiting = new Map<number, Waiting>();
  #handle: Handle;
  #snapshot: Snapshot;
  #outside: Outside = { role: 'solo', sync: null };
  #looks = false;
  #isLed = false;
  #feed: FeedState = 'down';
  #lastId = 0;
  #cancelWake: () => void = () => {};

  constructor(options: ValetParkOptions, line: Line, listener: EngineListener) {
    this.#options = options;
    this.#line = line;
    this.#listener = listener;
    this.#handle = newMirror(options, false);
    this.#snapshot = this.#views(emptySnapshot(0));
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Gives a command, with what belongs to it; the promise settles exactly once. */
  command(what: string, signal?: AbortSignal, ...rest: Row): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(aborted());
    const id = (this.#lastId += 1);
    const abort = (): void => this.#drive(['abort', id]);
    const settled = new Promise<unknown>((resolve, reject) => {
      const effects = this.#handled([what, id, ...rest]);
      this.#waiting.set(id, { resolve, reject });
      this.#take(effects);
    });
    signal?.addEventListener('abort', abort, { once: true });
    const release = (): void => signal?.removeEventListener('abort', abort);
    settled.then(release, release);
    return settled;
  }

  /** Takes in a call event, as one text or as names and values in turn. Throws `invalid-event`. */
  track(event: string[]): void {
    this.#drive(['event', ...event]);
  }

  /** Takes in what nobody here asked for. Throws `invalid-event` for what is no message. */
  told({ kind, data, order, askedAt }: Told): void {
    this.#drive(['told', kind, data, order, askedAt]);
  }

  /** Somebody looks, or nobody does any more. Said again, it means that somebody looks anew. */
  looks(looks: boolean): void {
    if (looks || this.#looks) this.#drive(['looks', (this.#looks = looks)]);
  }

  /** The state of the feed changed: see `FeedState`. */
  feed(feed: FeedState): void {
    if (feed !== this.#feed) this.#drive(['feed', (this.#feed = feed)]);
  }

  /** Another tab looks after the lot and shares what it is told, or does so no longer. It counts for
   *  some seconds, so it is said again with each sign of life of that tab. */
  led(isLed: boolean): void {
    if (isLed || this.#isLed) this.#drive(['led', (this.#isLed = isLed)]);
  }

  /** Time passed that the clock may not have counted, or the switch was restarted: everything that
   *  is believed has to be confirmed again. */
  doubt(): void {
    this.#drive(['doubt']);
  }

  /** Another tab asks, or this one does. */
  outside(outside: Outside): void {
    this.#outside = outside;
    if (!this.#stop.signal.aborted) this.#show(this.#views(this.#snapshot));
  }

  whereIs(call: string): Whereabouts {
    return whereabouts(this.#tell('where', callName(call)));
  }

  /** Lets go of everything; commands under way are rejected as `disposed`. */
  dispose(): void {
    this.#stop.abort();
    this.#cancelWake();
    this.#rejectAll(disposed('unknown'));
    this.#handle.free();
  }

  /** Lets the core do something, and then does what it wants done. */
  #drive(input: Input): void {
    if (this.#stop.signal.aborted) return;
    try {
      this.#take(this.#handled(input));
    } catch (thrown) {
      if (!isLost(thrown)) throw thrown;
    }
  }

  /** Tells the core what happened, and reads what it wants done. */
  #handled([what, ...rest]: Input): Effects {
    return effects(this.#tell(what, ...rest), this.#snapshot, this.#outside);
  }

  #views(last: Snapshot): Snapshot {
    return snapshot(this.#tell('views'), last, this.#outside);
  }

  /** Lets the core work. Where that fails, a new mirror has taken over when this throws. */
  #tell(what: string, ...rest: Row): Next {
    // A clock of somebody's own may throw, and must not do so through the core.
    const now = milliseconds(this.#line.clock.now(), 'now');
    // The core failed in somebody else's hands, and this mirror went down with it.
    if (!this.#handle.isAlive) this.#recover(lost());
    try {
      return this.#handle.tell(what, now, ...rest);
    } catch (thrown) {
      if (isLost(thrown)) this.#recover(thrown);
      throw thrown;
    }
  }

  #take(effects: Effects): void {
    const handle = this.#handle;
    this.#wakeAt(effects.wakeAt);
    this.#show(effects.snapshot);
    for (const { ticket, request } of effects.requests) {
      const at = this.#line.clock.now();
      void send(this.#line, request, this.#stop.signal).then((response) => {
        // A question of a mirror that is gone: its answer would be taken for another's.
        if (handle !== this.#handle) return;
        if ('status' in response) this.#listener.asked(request, response, at);
        this.#drive(
          'failed' in response
            ? ['failed', ticket, response.timedOut, response.isSent, response.failed]
            : ['answered', ticket, response.status, response.body, ...response.headers],
        );
      });
    }
    for (const notice of effects.notices) {
      if ('id' in notice) this.#settle(notice);
      else this.#listener.notice(notice);
    }
  }

  #settle(ended: Ended): void {
    const waiting = this.#waiting.get(ended.id);
    this.#waiting.delete(ended.id);
    if (ended.kind === 'failed') waiting?.reject(new ValetError(ended.trouble));
    else waiting?.resolve(ended.value);
  }

  #show(snapshot: Snapshot): void {
    if (snapshot === this.#snapshot) return;
    this.#snapshot = snapshot;
    this.#listener.changed(snapshot);
  }

  #wakeAt(at: number | null): void {
    this.#cancelWake();
    this.#cancelWake = () => {};
    if (at === null) return;
    this.#cancelWake = this.#line.clock.wakeAt(at, () => this.#drive(['wake']));
  }

  #recover(trouble: ValetError): void {
    this.#handle = newMirror(this.#options, true);
    this.#wakeAt(null);
    this.#show(this.#views(this.#snapshot));
    this.#rejectAll(trouble);
    queueMicrotask(() => {
      this.#listener.trouble(trouble);
      this.#drive(['feed', this.#feed]);
      this.#drive(['looks', this.#looks]);
    });
  }

  #rejectAll(reason: ValetError): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

/** Reads what the mirror wants done. */
function effects(next: Next, last: Snapshot, outside: Outside): Effects {
  return {
    wakeAt: next(),
    requests: list(next, () => ({ ticket: next(), request: request(next) })),
    notices: list(next, notice),
    snapshot: snapshot(next, last, outside),
  };
}

function notice(next: Next): Notice | Ended {
  const kind = next<(Notice | Ended)['kind']>();
  if (kind === 'settled') return { kind, id: next(), value: outcome(next) };
  if (kind === 'failed') return { kind, id: next(), trouble: trouble(next) };
  if (kind === 'departed') return { kind, departure: departure(next) };
  if (kind === 'trouble') return { kind, trouble: trouble(next) };
  return kind === 'due' ? { kind, slot: next(), leftMs: next() } : { kind, slot: next() };
}

/** Reads what a command resolves with; nothing where the snapshot tells. */
function outcome(next: Next): unknown {
  const kind = next<'parked' | 'bridged' | 'free' | 'seen'>();
  if (kind === 'parked') {
    return { slot: next(), uuid: next(), returnsAt: next(), confirmed: next() };
  }
  if (kind === 'bridged') return { slot: next(), uuid: next(), confirmed: next() };
  return kind === 'free' ? list(next, next) : undefined;
}

function newMirror(options: ValetParkOptions, recovers: boolean): Handle {
  const names = ['extension', 'dialect', 'patienceMs', 'askWithParked', 'confirm'] as const;
  const given = fields(options, names, 'invalid-options', 'the options');
  return new Handle(
    wasm,
    'mirror',
    extensionName(given.extension),
    ...dialectParts(given.dialect as Dialect | undefined),
    Math.ceil(milliseconds(given.patienceMs ?? 180_000, 'patienceMs')),
    askWithParked(given.askWithParked),
    word(given.confirm, 'confirm', ['auto', 'never']) === 'auto',
    recovers,
  );
}

/** Whether parked calls are asked with, in the core's words. */
function askWithParked(value: unknown): 'auto' | 'yes' | 'no' {
  if (value == null || value === 'auto') return 'auto';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  throw unexpected('invalid-options', "`askWithParked` to be true, false or 'auto'", value);
}

/** The error of whatever is used after it was disposed of. */
export function disposed(outcome: ValetError['outcome'] = 'not-done'): ValetError {
  return error('invalid', 'disposed', 'expected a ValetPark that is not disposed of', { outcome });
}

function isLost(thrown: unknown): thrown is ValetError {
  return isValetError(thrown) && thrown.code === 'lost';
}

function aborted(): ValetError {
  return error('invalid', 'aborted', 'the command was called off');
}
