import { Hono } from 'hono/tiny';
import { readObject } from '../http/body.ts';
import type { SwitchEvent } from './event.ts';
import { checkClient } from './directory.ts';
import type { Switchboard } from './switchboard.ts';
import { onlyBy } from '../http/refuse.ts';
import { SwitchError } from './switch-error.ts';
import { Delivery, parseWebhook, type DeliveryOptions, type Webhook } from './webhook.ts';

/** The registered web hooks. */
export class Subscriptions {
  readonly #deliveries = new Map<string, Delivery>();
  readonly #options: DeliveryOptions;

  constructor(options: DeliveryOptions = {}) {
    this.#options = options;
  }

  /** @throws SwitchError `busy` if the extension or the client has the largest number of web hooks. */
  add(webhook: Webhook): void {
    if (this.of(webhook.extension).length >= MAX_PER_EXTENSION) {
      const owner = webhook.extension === null ? 'a client' : 'an extension';
      const message = `${owner} has at most ${MAX_PER_EXTENSION} webhooks, remove some`;
      throw new SwitchError('busy', message);
    }
    this.#deliveries.set(webhook.id, new Delivery(webhook, this.#options));
  }

  /** The web hooks of one extension, or for null those of the client. */
  of(extension: string | null): Webhook[] {
    const all = [...this.#deliveries.values()].map(({ webhook }) => webhook);
    return all.filter((webhook) => webhook.extension === extension);
  }

  /** Removes a web hook. Returns false if `extension` has no web hook with this id. */
  remove(extension: string | null, id: string): boolean {
    const delivery = this.#deliveries.get(id);
    if (delivery?.webhook.extension !== extension) return false;
    delivery.stop();
    return this.#deliveries.delete(id);
  }

  publish(event: SwitchEvent): void {
    for (const delivery of this.#deliveries.values()) delivery.send(event);
  }

  /** Removes all web hooks. */
  close(): void {
    for (const delivery of this.#deliveries.values()) delivery.stop();
    this.#deliveries.clear();
  }
}

/** `/extension/{extension}/event/`: POST registers a web hook, GET lists, DELETE …/{id} removes. */
export function eventRoute(subscriptions: Subscriptions, { directory }: Switchboard): Hono {
  return routeOf(subscriptions, '/extension/:owner/event', (name) => directory.get(name).id);
}

/** `/client/{client}/phone_events/`: the same for web hooks that get the events of all extensions. */
export function clientEventRoute(subscriptions: Subscriptions): Hono {
  return routeOf(subscriptions, '/client/:owner/phone_events', (name) => {
    checkClient(name);
    return null;
  });
}

/** `ownerOf` returns the extension that a path names, or null for the client. */
function routeOf(
  subscriptions: Subscriptions,
  path: `${string}/:owner/${string}`,
  ownerOf: (name: string) => string | null,
): Hono {
  return new Hono()
    .get(path, (c) => c.json(subscriptions.of(ownerOf(c.req.param('owner'))).map(describe)))
    .post(async (c) => {
      const owner = ownerOf(c.req.param('owner'));
      const webhook = parseWebhook(owner, await readObject(c.req.raw));
      subscriptions.add(webhook);
      return c.json(describe(webhook), 201);
    })
    .all(onlyBy('GET', 'POST'))
    .delete(`${path}/:id`, (c) => {
      const owner = ownerOf(c.req.param('owner'));
      const removed = subscriptions.remove(owner, c.req.param('id'));
      return removed ? c.body(null, 204) : c.json({ message: 'Not found' }, 404);
    })
    .all(onlyBy('DELETE'));
}

function describe({ id, url, type, method }: Webhook) {
  return { id, url, event_type: type, method };
}

const MAX_PER_EXTENSION = 100;
