/** The parts of a browser that the client uses: a page, and tabs that can hear each other. */

import { onTestFinished } from 'vitest';

/** One page of a browser. It replaces the document in `globalThis` until the test ends. */
export class FakePage {
  readonly #document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  readonly #window = new EventTarget();

  constructor() {
    const window = this.#window;
    stand({
      document: this.#document,
      addEventListener: window.addEventListener.bind(window),
    });
  }

  set hidden(hidden: boolean) {
    this.#document.visibilityState = hidden ? 'hidden' : 'visible';
    this.#document.dispatchEvent(new Event('visibilitychange'));
  }

  /** Fires an event of the host, such as `resume` or `online`. */
  fire(type: string): void {
    const target = type === 'online' || type === 'pageshow' ? this.#window : this.#document;
    target.dispatchEvent(new Event(type));
  }
}

/** The locks and channels that all tabs of one origin share. */
export class FakeTabs {
  readonly #queue: { readonly name: string; readonly grant: () => void }[] = [];
  readonly #held = new Map<string, (reason: Error) => void>();
  readonly #channels = new Set<FakeChannel>();

  constructor() {
    const channels = this.#channels;
    class BroadcastChannel extends FakeChannel {
      constructor(name: string) {
        super(name, channels);
      }
    }
    stand({ BroadcastChannel });
    standIn('navigator', { locks: { request: this.#request.bind(this) } });
  }

  #request(
    name: string,
    ...rest: [options: LockOptions, work: Work] | [work: Work]
  ): Promise<void> {
    const work = rest.at(-1) as Work;
    const options: LockOptions = typeof rest[0] === 'object' ? rest[0] : {};
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        this.#held.set(name, reject);
        void Promise.resolve()
          .then(work)
          .then(() => {
            if (this.#held.get(name) === reject) {
              this.#held.delete(name);
              this.#next(name);
            }
            resolve();
          });
      };
      if (options.steal) {
        this.#held.get(name)?.(new Error('stolen'));
        grant();
        return;
      }
      const entry = { name, grant };
      options.signal?.addEventListener('abort', () => {
        const at = this.#queue.indexOf(entry);
        if (at >= 0) this.#queue.splice(at, 1);
        reject(new Error('aborted'));
      });
      this.#queue.push(entry);
      if (!this.#held.has(name)) this.#next(name);
    });
  }

  #next(name: string): void {
    const at = this.#queue.findIndex((entry) => entry.name === name);
    if (at >= 0) this.#queue.splice(at, 1)[0]?.grant();
  }
}

type Work = () => Promise<void> | undefined;

class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly name: string;
  readonly #all: Set<FakeChannel>;

  constructor(name: string, all: Set<FakeChannel>) {
    this.name = name;
    this.#all = all;
    all.add(this);
  }

  postMessage(data: unknown): void {
    const copy: unknown = structuredClone(data);
    for (const other of this.#all) {
      if (other === this || other.name !== this.name) continue;
      queueMicrotask(() => this.#all.has(other) && other.onmessage?.({ data: copy }));
    }
  }

  close(): void {
    this.#all.delete(this);
  }
}

/** Replaces one property of `globalThis` until the test ends, even a read-only one. */
export function standIn(name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true });
  onTestFinished(() => {
    if (before) Object.defineProperty(globalThis, name, before);
    else Reflect.deleteProperty(globalThis, name);
  });
}

/** Replaces properties of `globalThis` until the test ends. */
function stand(things: object): void {
  const before = Object.keys(things).map((name) => [name, Reflect.get(globalThis, name)] as const);
  Object.assign(globalThis, things);
  onTestFinished(() => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(globalThis, name);
      else Reflect.set(globalThis, name, value);
    }
  });
}
