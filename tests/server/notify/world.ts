import { onTestFinished } from 'vitest';
import {
  createSwitch,
  type Notification,
  type PostInit,
  type PostReply,
  type Switch,
  type SwitchOptions,
} from 'valet-park/server';
import { FakeClock } from '../../client/clock.ts';
import { RECEPTION, resourcePath } from '../desk.ts';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A request that a receiver got. */
export interface Got {
  readonly url: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly notification: Notification;
}

/** Answers a request of a receiver. `never` is no answer at all. */
export type Respond = (got: Got, count: number) => PostReply | 'never' | Promise<PostReply>;

export const OK: PostReply = { status: 204, retryAfter: null };

/** A switch whose notifications go to a receiver in the same process, and the clock of the pauses. */
export function openWorld(options: SwitchOptions = {}, respond: Respond = () => OK) {
  const clock = new FakeClock();
  const got: Got[] = [];
  const world = { respond };
  async function post(url: string, { headers, body, signal }: PostInit): Promise<PostReply> {
    const isJson = headers['Content-Type'] === 'application/json';
    const notification = isJson ? (JSON.parse(body) as Notification) : (null as never);
    const one = { url, id: headers['webhook-id'] ?? '', headers, body, notification };
    got.push(one);
    const reply = world.respond(one, got.length);
    if (reply !== 'never') return reply;
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }
  const pbx: Switch = createSwitch({
    now: () => clock.now(),
    notify: { to: ['https://crm.example/parking'], secret: SECRET, post, clock },
    ...options,
  });
  onTestFinished(() => pbx.dispose());
  let callers = 0;

  async function park(slot: number, number = `+7916${String((callers += 1)).padStart(7, '0')}`) {
    const { call } = pbx.exchange.ring(RECEPTION, number);
    pbx.exchange.answer(call);
    await send('PUT', resourcePath(call), { action: 'park', slot: String(slot) });
    return { call, number };
  }
  async function send(method: string, path: string, body: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${pbx.token}` };
    const url = `http://pbx.test${path}`;
    const request = new Request(url, { method, headers, body: JSON.stringify(body) });
    const response = await pbx.fetch(request);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response;
  }
  return {
    pbx,
    clock,
    got,
    world,
    park,
    send,
    /** The notifications that arrived, as `type slot`. */
    types: () => got.map(({ notification: { type, data } }) => `${type} ${data.slot}`),
    /** Moves both clocks, second by second, because each call that is due has its own time. */
    async forward(ms: number, stepMs = 1_000) {
      for (let passed = 0; passed < ms; passed += stepMs) {
        await clock.forward(Math.min(stepMs, ms - passed));
        pbx.exchange.forward(0);
        await clock.forward(0);
      }
    },
    counts: () => pbx.notifications[0],
  };
}
