import { randomUUID } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import type { Snapshot, ValetPark } from 'valet-park';
import { createRelay, createSwitch, RedisLog, type Relay } from 'valet-park/server';
import type { RedisLogOptions, RelayOptions, Switch } from 'valet-park/server';
import { RECEPTION, SALES } from '../desk.ts';
import { access, HOOK_SECRET, openClock, openPanel } from '../relay/company.ts';
import type { Proxy } from '../../../scripts/redis/proxy.mjs';
import type { TestRedis } from '../../../scripts/redis/server.mjs';

const CLIENT = { id: 'relay', secret: 's3cret' };

/** One of several relays. */
export interface TestRelay {
  readonly relay: Relay;
  readonly log: RedisLog;
  readonly proxy: Proxy;
  /** The requests of the resource that this relay has sent to the switch, as `action slot`. */
  readonly sent: string[];
  /** The paths of the lists of live calls that this relay has asked for. */
  readonly lists: string[];
  /** Replaces the network between this relay and the switch. */
  network: (request: Request, answer: (request: Request) => Promise<Response>) => Promise<Response>;
  /** Opens a panel at this relay. */
  panel(extension?: string): Promise<ValetPark>;
  /** Ends the relay without giving its lease back, as `kill -9` does. */
  kill(): void;
}

/** A switch, and relays that share a log in Redis. */
export interface Relays {
  readonly pbx: Switch;
  readonly relays: readonly TestRelay[];
  /** Makes a call to an extension, which answers it. All relays get the web hooks. */
  talk(extension?: string): string;
  /** The clock of the askers. It stands still. */
  readonly clock: ReturnType<typeof openClock>;
  /** Removes the messages of the log from Redis. The asker stays the asker. */
  loseMessages(): Promise<unknown>;
  /** The relay that asks for all. Undefined while no relay, or more than one, asks. */
  asker(): TestRelay | undefined;
}

export async function openRelays(
  redis: TestRedis,
  count: number,
  options: Partial<RedisLogOptions> = {},
): Promise<Relays> {
  const pbx = createSwitch({ strict: CLIENT });
  onTestFinished(() => pbx.dispose());
  const lot = randomUUID();
  const clock = openClock();
  const relays: TestRelay[] = [];
  for (let at = 0; at < count; at += 1) relays.push(await open());
  pbx.exchange.onEvent(({ fields }) => {
    for (const { relay } of relays) {
      const url = `http://relay.test/hook/${HOOK_SECRET}`;
      void relay.fetch(new Request(url, { method: 'POST', body: new URLSearchParams(fields) }));
    }
  });

  async function open(): Promise<TestRelay> {
    const proxy = await redis.openProxy();
    const times = { timeoutMs: 10_000, leaseMs: 60_000, renewMs: 100, report: () => undefined };
    const log = await RedisLog.open({ ...times, lot, url: proxy.url, ...options });
    const sent: string[] = [];
    const lists: string[] = [];
    let isDead = false;
    const answer = async (request: Request) => pbx.fetch(request);
    const fetch: RelayOptions['fetch'] = async (input, init) => {
      const request = new Request(input, init);
      await Promise.resolve(); // The relay sends its first request while it is created.
      if (isDead) return new Promise<Response>(() => undefined);
      const { pathname } = new URL(request.url);
      if (pathname.includes('current_calls')) lists.push(pathname);
      return one.network(request, async (arrived) => {
        if (pathname.includes('/valet_park/')) {
          const { action, slot = '' } = JSON.parse(await arrived.clone().text());
          sent.push(`${action} ${slot}`.trim());
        }
        return answer(arrived);
      });
    };
    const relay = createRelay({
      upstream: { url: 'http://pbx.test', clientId: CLIENT.id, clientSecret: CLIENT.secret },
      ...{ extensions: [RECEPTION, SALES], access, hooks: { secret: HOOK_SECRET }, fetch, log },
      clock,
      logger: { info() {}, warn() {} },
    });
    onTestFinished(() => relay.dispose());
    const one: TestRelay = {
      ...{ relay, log, proxy, sent, lists },
      network: (request, on) => on(request),
      panel: (extension = RECEPTION) =>
        openPanel(async (request) => relay.fetch(request), extension),
      kill() {
        isDead = true;
        proxy.cut();
      },
    };
    await relay.ready;
    return one;
  }

  return {
    ...{ pbx, relays, clock },
    talk(extension = RECEPTION) {
      const { call } = pbx.exchange.ring(extension, '+79161112233', 'Anna');
      return pbx.exchange.answer(call).call;
    },
    loseMessages: () =>
      redis.command('DEL', `valet-park:{${lot}}:log`, `valet-park:{${lot}}:journal`),
    asker() {
      const holders = relays.filter(({ log }) => log.lease.fence !== null);
      return holders.length === 1 ? holders[0] : undefined;
    },
  };
}

/** Resolves when a condition holds. The limit only ends a test that hangs. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(isTrue, { timeout: 60_000, interval: 5 }).toBe(true);
}

/** The calls that wait, by slot, as a panel shows them. Null if the panel is not sure of a slot. */
export function lotOf(snapshot: Snapshot): Record<number, string | null> | null {
  if (!snapshot.slots.every(({ confirmed }) => confirmed)) return null;
  const held = snapshot.slots.filter(({ state }) => state === 'held');
  return Object.fromEntries(held.map(({ slot, uuid }) => [slot, uuid]));
}
