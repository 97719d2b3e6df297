import { expect, onTestFinished } from 'vitest';
import { ValetPark } from 'valet-park';
import type { Access } from '../../../www/server/access/access.ts';
import type { FreeswitchOptions } from '../../../www/server/freeswitch/options.ts';
import { Metrics } from '../../../www/server/metrics/metrics.ts';
import { openRelay } from '../../../www/server/relay/relay.ts';
import { openStandIn } from './open.ts';

/** The sockets of these tests need real time. The limit stops a test that hangs. */
export const SOON = { timeout: 30_000 };

const access: Access = {
  identify: (header) =>
    header === 'Bearer desk'
      ? { id: 'desk', name: 'desk', extensions: 'all', may: ['look', 'act'] }
      : null,
  onRevoked: () => () => {},
};

/** Starts a relay on a stand-in for FreeSWITCH, for one test. */
export async function openEngineRelay(options: Partial<FreeswitchOptions> = {}) {
  const { pbx, socket, restart } = await openStandIn();
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  const relay = openRelay(
    {
      freeswitch: {
        port: socket.port,
        password: socket.password,
        lot: 'L',
        probeMs: 200,
        ...options,
      },
      ...{ extensions: ['1001', '1002'], access, logger, patienceMs: 180_000 },
    },
    new Metrics(),
  );
  onTestFinished(() => relay.dispose());
  await expect.poll(() => relay.health.ok, SOON).toBe(true);
  const headers = { Authorization: 'Bearer desk' };
  const send = async (method: string, path: string, body?: object) => {
    const response = await relay.fetch(
      new Request(`http://relay.invalid/api/ver1.0${path}`, {
        ...{ method, headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, json: (await response.json()) as unknown };
  };
  return {
    ...{ pbx, socket, restart, relay, send },
    /** The `call_api_id` of a call that the relay knows of. */
    async talk(extension: string, number: string, name: string): Promise<string> {
      const uuid = pbx.talk(extension, number, name);
      await expect
        .poll(
          async () =>
            JSON.stringify((await send('GET', `/extension/${extension}/current_calls/`)).json),
          SOON,
        )
        .toContain(uuid);
      return `2130706433-${uuid}`;
    },
    ask: (extension: string, call: string, body: object) =>
      send('PUT', `/extension/${extension}/valet_park/${call}`, body),
    async openClient(extension: string): Promise<ValetPark> {
      const park = await ValetPark.open({
        ...{ baseUrl: 'http://relay.invalid/api/ver1.0', extension, tabs: 'solo' },
        ...{ feed: `http://relay.invalid/feed?extension=${extension}`, headers: () => headers },
        fetch: async (input, init) => relay.fetch(new Request(input, init)),
      });
      onTestFinished(() => park.dispose());
      park.subscribe(() => {});
      return park;
    },
  };
}
