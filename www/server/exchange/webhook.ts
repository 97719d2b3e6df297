import { writeMessage } from 'valet-park/lot';
import { EVENT_TYPES, type EventType, type SwitchEvent } from './event.ts';
import { randomUuid } from '../random-uuid.ts';
import { SwitchError } from './switch-error.ts';
import { unref } from '../unref.ts';

/** A subscription of one URL to one type of event. */
export interface Webhook {
  readonly id: string;
  /** The extension whose events are delivered. Null: those of all extensions. */
  readonly extension: string | null;
  readonly url: string;
  readonly type: EventType;
  readonly method: 'GET' | 'POST';
}

/** The options of deliveries. Each option has a default. */
export interface DeliveryOptions {
  /** The longest time that a URL may take to answer, in ms of real time. Default 5000. */
  readonly timeoutMs?: number;
  /**
   * The pause before the second try, in ms of real time. Each further pause is twice as long. Default
   * 1000.
   */
  readonly retryMs?: number;
}

/**
 * Sends the events to one URL, in order, one at a time.
 *
 * Each event is tried three times and is then lost. Subscribers must expect lost events. A redirect
 * counts as a failure, so that no event goes to a URL that was not registered.
 */
export class Delivery {
  readonly webhook: Webhook;
  readonly #timeoutMs: number;
  readonly #retryMs: number;
  readonly #stopped = new AbortController();
  readonly #queue: SwitchEvent[] = [];
  #running = false;

  constructor(webhook: Webhook, options: DeliveryOptions = {}) {
    this.webhook = webhook;
    this.#timeoutMs = options.timeoutMs ?? 5_000;
    this.#retryMs = options.retryMs ?? 1_000;
  }

  /** Queues an event if the subscription matches. A full queue drops the oldest event. */
  send(event: SwitchEvent): void {
    const { extension, type } = this.webhook;
    if ((extension !== null && event.extension !== extension) || event.type !== type) return;
    this.#queue.push(event);
    if (this.#queue.length > MAX_QUEUED) this.#queue.shift();
    void this.#run();
  }

  /** Drops all events that were not sent yet. */
  stop(): void {
    this.#queue.length = 0;
    this.#stopped.abort();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let event = this.#queue.shift(); event !== undefined; event = this.#queue.shift()) {
      await this.#deliver(event);
    }
    this.#running = false;
  }

  async #deliver(event: SwitchEvent): Promise<void> {
    const { signal } = this.#stopped;
    for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt += 1) {
      try {
        const waitMs = attempt === 0 ? 0 : this.#retryMs * 2 ** (attempt - 1);
        if (waitMs > 0) await pause(waitMs, signal);
        if (await this.#attempt(event)) return;
      } catch {
        // The URL was unreachable or too slow, or the delivery was stopped.
      }
    }
  }

  async #attempt(event: SwitchEvent): Promise<boolean> {
    const { method } = this.webhook;
    const url = new URL(this.webhook.url);
    const { data: form } = writeMessage({ kind: 'call', fields: event.fields });
    if (method === 'GET') url.search = url.search === '' ? form : `${url.search}&${form}`;
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const response = await fetch(url, {
      method,
      ...(method === 'POST' ? { headers, body: form } : {}),
      redirect: 'manual',
      signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(this.#timeoutMs)]),
    });
    await response.body?.cancel();
    return response.ok;
  }
}

/**
 * Reads the registration of a web hook: `{url, event_type, method}`.
 *
 * @throws SwitchError `invalid`. The message says what would be right.
 */
export function parseWebhook(
  extension: string | null,
  wanted: Readonly<Record<string, unknown>>,
): Webhook {
  const { url, event_type: type, method = 'GET' } = wanted;
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH || !isWebAddress(url)) {
    const limits = `of at most ${MAX_URL_LENGTH} characters, without a user name`;
    throw new SwitchError('invalid', `url must be an http or https address ${limits}`);
  }
  const known = EVENT_TYPES.find((one) => one === type);
  if (known === undefined) {
    throw new SwitchError('invalid', `event_type must be one of ${EVENT_TYPES.join(', ')}`);
  }
  const verb = typeof method === 'string' ? method.toUpperCase() : '';
  if (verb !== 'GET' && verb !== 'POST') {
    throw new SwitchError('invalid', 'method must be GET or POST');
  }
  return { id: randomUuid(), extension, url, type: known, method: verb };
}

/** Resolves in `ms`. Rejects as soon as the signal is aborted. Does not keep the process alive. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (signal.aborted) reject(new Error('the delivery was stopped'));
      else resolve();
    };
    const timer = setTimeout(done, ms);
    unref(timer);
    signal.addEventListener('abort', done);
  });
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

const ATTEMPTS = 3;
const MAX_QUEUED = 100;
const MAX_URL_LENGTH = 2_000;
