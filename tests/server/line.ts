import { onTestFinished } from 'vitest';
import { createSwitch, type Switch, type SwitchOptions } from 'valet-park/server';
import { NOON, readReply, RECEPTION, resourcePath, type Reply } from './desk.ts';

/** A switch without a network. Its clock stands still until the test sets it forward. */
export interface Line {
  readonly pbx: Switch;
  talk(extension?: string): string;
  /** Sends a request to the resource. Rejects if the switch closes the connection. */
  ask(call: string, action: string, slot?: number, extension?: string): Promise<Reply>;
  /** Like `ask`, but returns the response before its body is read. */
  request(call: string, action: string, slot?: number, extension?: string): Promise<Response>;
  /** Sets the clock forward, after all requests have arrived. Then lets all of them continue. */
  forward(ms: number): Promise<void>;
  stateOf(call: string): string;
}

export function openLine(options: SwitchOptions = {}): Line {
  const pbx = createSwitch({ now: () => NOON, trust: 'anyone', ...options });
  onTestFinished(() => pbx.dispose());

  async function request(call: string, action: string, slot?: number, extension = RECEPTION) {
    const url = `http://localhost${resourcePath(call, extension)}`;
    const headers = { authorization: `Bearer ${pbx.token}` };
    const body = JSON.stringify({ action, ...(slot === undefined ? {} : { slot: String(slot) }) });
    return pbx.fetch(new Request(url, { method: 'PUT', headers, body }));
  }
  return {
    pbx,
    request,
    talk(extension = RECEPTION) {
      const { call } = pbx.exchange.ring(extension, '+79161112233');
      return pbx.exchange.answer(call).call;
    },
    ask: async (...asked) => readReply(await request(...asked)),
    async forward(ms) {
      await settled();
      pbx.exchange.forward(ms);
      await settled();
    },
    stateOf: (call) => pbx.exchange.calls().find((one) => one.call === call)?.state ?? 'gone',
  };
}

/** Lets all code run that does not wait for the clock. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Watches a promise: `value` is its present state. */
export function watch<T>(promise: Promise<T>): { readonly value: T | 'pending' | 'lost' } {
  const watched: { value: T | 'pending' | 'lost' } = { value: 'pending' };
  promise.then(
    (value) => (watched.value = value),
    () => (watched.value = 'lost'),
  );
  return watched;
}
