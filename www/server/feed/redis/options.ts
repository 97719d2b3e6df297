import type { LogOptions } from '../memory.ts';

/** The options of a log in Redis. */
export interface RedisLogOptions extends LogOptions {
  /** The address of Redis, as `redis://host:6379/0`. It may contain a password. */
  readonly url: string;
  /** The name of the lot. All relays with this name share one log. */
  readonly lot: string;
  /** Gets a sentence for the administrator when Redis is away, or back. */
  readonly report?: (sentence: string) => void;
  /** How long Redis may take to answer, in ms. Default 3000. */
  readonly timeoutMs?: number;
  /** How long a relay that stops may keep the others from asking, in ms. Default 8000. */
  readonly leaseMs?: number;
  /** How often a relay renews its lease, in ms. Default 2000. */
  readonly renewMs?: number;
}
