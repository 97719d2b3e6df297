import { Hono } from 'hono/tiny';
import { readObject } from '../http/body.ts';
import type { SwitchEvent } from './event.ts';
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

  /** @throws SwitchError `busy` if the extension has the largest number of web hooks. */
  add(webhook: Webhook): void {
    if (this.of(webhook.extension).length >= MAX_PER_EXTENSION) {
      const message = `an extension has at most ${MAX_PER_EXTENSION} webhooks, remove some`;
      throw new SwitchError('busy', message);
    }
    this.#deliveries.set(webhook.id, new Delivery(webhook, this.#options));
  }

  of(extension: string): Webhook[] {
    const all = [...this.#deliveries.values()].map(({ webhook }) => webhook);
    return all.filter((webhook) => webhook.extension === extension);
  }

  /** Removes a web hook. Returns false if the extension has no web hook with this id. */
  remove(extension: string, id: string): boolean {
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
export function eventRoute(subscriptions: Subscriptions, switchboard: Switchboard): Hono {
  const { directory } = switchboard;
  return new Hono()
    .get('/extension/:extension/event', (c) => {
      const { id } = directory.get(c.req.param('extension'));
      return c.json(subscriptions.of(id).map(describe));
    })
    .post(async (c) => {
      const { id } = directory.get(c.req.param('extension'));
      const webhook = parseWebhook(id, await readObject(c.req.raw));
      subscriptions.add(webhook);
      return c.json(describe(webhook), 201);
    })
    .all(onlyBy('GET', 'POST'))
    .delete('/extension/:extension/event/:id', (c) => {
      const { id } = directory.get(c.req.param('extension'));
      const removed = subscriptions.remove(id, c.req.param('id'));
      return removed ? c.body(null, 204) : c.json({ message: 'Not found' }, 404);
    })
    .all(onlyBy('DELETE'));
}

function describe({ id, url, type, method }: Webhook) {
  return { id, url, event_type: type, method };
}

const MAX_PER_EXTENSION = 100;
