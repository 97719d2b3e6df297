import { consoleLogger, type Logger } from '../logger.ts';
import { timersOf } from '../relay/timers.ts';
import { Deliveries, type NotifyCounts } from './deliveries.ts';
import { Follower, type FollowedLot } from './follower.ts';
import { readKey, readReceiver, type NotifyOptions } from './options.ts';
import { createPoster } from './post.ts';

/** The lot whose notifications are sent. */
export interface NotifiedLot extends FollowedLot {
  /** Default: this process sends. */
  readonly isSender?: () => boolean;
  readonly logger?: Logger;
}

/** Sends the notifications of a lot to all receivers. */
export interface Notifier {
  /** The counters of each receiver. */
  readonly counts: readonly NotifyCounts[];
  /** Removes the waiting notifications about a telephone number. */
  forget(number: string): void;
  /** Gives up the notifications that wait. Idempotent. */
  close(): void;
}

/**
 * Starts to send the notifications of a lot.
 *
 * @throws RangeError for a receiver or a secret that is wrong. The message says what would be right.
 */
export function startNotifier(options: NotifyOptions, source: NotifiedLot): Notifier {
  const { to, secret, allowPrivate = false, timeoutMs = 10_000, clock, names = {} } = options;
  const { logger = consoleLogger, isSender = () => true, nameOf } = source;
  const key = readKey(secret);
  const receivers = to.map((text) => readReceiver(text, allowPrivate));
  const poster = createPoster(allowPrivate);
  const deliveries = receivers.map(
    (receiver) =>
      new Deliveries({
        ...{ receiver, key, timeoutMs, logger },
        post: options.post ?? poster.post,
        now: () => clock?.now() ?? Date.now(),
        wakeIn: timersOf(clock),
      }),
  );
  const follower = new Follower({
    ...{ ...source, isSender },
    nameOf: (id) => names[id] ?? nameOf(id),
    emit: (event) => {
      for (const one of deliveries) one.send(event);
    },
  });
  return {
    get counts() {
      return deliveries.map(({ counts }) => counts);
    },
    forget(number) {
      const digits = digitsOf(number);
      for (const one of deliveries) one.forget((other) => digitsOf(other) === digits);
    },
    close() {
      follower.close();
      for (const one of deliveries) one.close();
      poster.close();
    },
  };
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}
