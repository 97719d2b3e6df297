import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { onBeat } from './beat.ts';

class Ticking<Value> extends AsyncDirective {
  #read: (() => Value) | undefined;
  #key: (() => unknown) | undefined;
  #last: unknown;
  #shown: Value | undefined;
  #stop: (() => void) | undefined;

  override render(read: () => Value, key?: () => unknown): unknown {
    this.#read = read;
    this.#key = key;
    this.#last = key?.();
    if (this.isConnected) this.#stop ??= onBeat(() => this.#beat());
    const value = read();
    if (Object.is(value, this.#shown)) return noChange;
    return (this.#shown = value);
  }

  override disconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  override reconnected(): void {
    this.#stop ??= onBeat(() => this.#beat());
    this.#beat();
  }

  #beat(): void {
    const key = this.#key?.();
    if (this.#key !== undefined && Object.is(key, this.#last)) return;
    this.#last = key;
    const value = this.#read?.();
    if (Object.is(value, this.#shown)) return;
    this.#shown = value;
    this.setValue(value);
  }
}

/**
 * A text or an attribute that depends on the time: drawn again by itself when it has changed, and
 * nothing around it. `read` is called four times a second and tells what to show; the clock decides
 * what that is, so a late timer shows no wrong number. With a `key`, only when that has changed.
 */
export const ticking = directive(Ticking) as <Value>(
  read: () => Value,
  key?: () => unknown,
) => unknown;
