import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { Feed } from '../feed/feed.ts';
import type { Subscription } from '../feed/line.ts';
import { onlyBy } from './refuse.ts';

/** The facts about a lot that the feed route needs. */
export interface FeedSource {
  /**
   * Returns the ids of the extensions with these names.
   *
   * @throws SwitchError or HTTPException if an extension does not exist, or the subscriber may not
   * read its events.
   */
  extensions(names: readonly string[], c: Context): readonly string[];
  /** The messages that describe the present state to a new subscriber of these extensions. */
  beginning(extensions: readonly string[]): readonly string[];
  /** The name of the token of a subscriber. */
  owner?(c: Context): string | undefined;
  /**
   * Returns the messages that a subscriber gets in place of a `reset`. Undefined for a subscriber that
   * gets a `reset`.
   */
  continuesWith?(c: Context): Subscription['continuesWith'];
  /** True if a fault makes the new line silent. */
  isSilent?(): boolean;
}

/**
 * `GET /feed?extension=34414`, with one `extension` for each extension. A subscriber that reconnects
 * sends `Last-Event-ID`.
 */
export function feedRoute(feed: Feed, source: FeedSource): Hono {
  return new Hono()
    .get('/', (c) => {
      const names = c.req.queries('extension') ?? [];
      if (names.length === 0) {
        return c.json({ message: 'name an extension, as in /feed?extension=34414' }, 400);
      }
      const extensions = source.extensions(names, c);
      const seen = lastEventId(c.req.header('last-event-id'));
      const isSilent = source.isSilent?.() ?? false;
      const start = seen === null ? begin(extensions) : { seen, messages: [] };
      const owner = source.owner?.(c);
      const continuesWith = source.continuesWith?.(c);
      return c.body(feed.open({ extensions, start, owner, isSilent, continuesWith }), 200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'X-Accel-Buffering': 'no', // Tells nginx not to buffer.
      });
    })
    .all('/', onlyBy('GET'));

  /**
   * The first message has only an id, so that a subscriber without events can reconnect, too. An
   * event that happens while the messages are gathered is sent twice, and is not missed.
   */
  function begin(extensions: readonly string[]) {
    const seen = feed.latest;
    return { seen, messages: ['\n', ...source.beginning(extensions)] };
  }
}

/**
 * Reads `Last-Event-ID`. Null for a new subscriber. A text that is no id becomes -1, so that the
 * subscriber gets a `reset`.
 */
function lastEventId(header: string | undefined): number | null {
  if (header === undefined || header === '') return null;
  return /^\d{1,15}$/.test(header) ? Number(header) : -1;
}
