import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { onTick } from './tick.ts';

class Timed extends AsyncDirective {
  #read: (() => unknown) | undefined;
  #key: (() => unknown) | undefined;
  #tick = onTick;
  #lastKey: unknown;
  #shown: unknown;
  #stop: (() => void) | undefined;

  override render(read: () => unknown, key?: () => unknown, tick = onTick): unknown {
    this.#read = read;
    this.#key = key;
    this.#tick = tick;
    this.#lastKey = key?.();
    if (this.isConnected) this.#stop ??= tick(() => this.#update());
    const value = read();
    if (Object.is(value, this.#shown)) return noChange;
    return (this.#shown = value);
  }

  override disconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  override reconnected(): void {
    this.#stop ??= this.#tick(() => this.#update());
    this.#update();
  }

  #update(): void {
    const key = this.#key?.();
    if (this.#key !== undefined && Object.is(key, this.#lastKey)) return;
    this.#lastKey = key;
    const value = this.#read?.();
    if (Object.is(value, this.#shown)) return;
    this.#shown = value;
    this.setValue(value);
  }
}

/**
 * A text or an attribute that depends on the time. The directive updates its own place in the
 * template and renders nothing else again.
 *
 * Calls `read` four times a second and writes a result that differs from the last one. `read` takes
 * the time from the clock, so a late timer shows no wrong time. If there is a `key`, `read` is called
 * only when the result of `key` differs from its last result. `tick` calls its listener four times a
 * second; the default is `onTick`.
 */
export const timed = directive(Timed);
