// Panels that lose a relay, and find it again after its restart. The process has a switch, a relay
// and the panels, so nothing but the requests to the switch is measured.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ValetPark } from 'valet-park';
import { createSwitch, startRelay } from 'valet-park/server';
import { now, pause, serve } from './child.mjs';

const EXTENSION = '34414';
/** The number of calls that web hooks report. */
const HOOKS = 200;
const CLIENT = { id: 'bench', secret: 'bench' };

serve({
  /**
   * Opens panels, restarts the relay, and watches it for `watchMs`, so that the relay itself asks
   * alike often with any number of panels. Returns after how many ms the last panel is back, how many
   * questions reached the switch then (`questions`) and in the same time before (`quiet`), and after
   * how many ms a panel showed each call that a web hook reported.
   */
  async restart(
    /** @type {number} */ count,
    /** @type {number} */ watchMs,
    /** @type {string | undefined} */ redis,
  ) {
    let questions = 0;
    const pbx = createSwitch({ strict: CLIENT });
    const state = mkdtempSync(join(tmpdir(), 'valet-park-bench-'));
    const start = () =>
      startRelay({
        upstream: { url: 'http://pbx.test', clientId: CLIENT.id, clientSecret: CLIENT.secret },
        fetch: async (input, init) => {
          const request = new Request(input, init);
          if (request.url.includes('/valet_park/')) questions += 1;
          return pbx.fetch(request);
        },
        extensions: [EXTENSION],
        state,
        ...(redis ? { redis } : {}), // The message between the processes makes `undefined` null.
        feedsPerToken: 10_000,
        requestsPerMinute: 1e9,
        logger: { info() {}, warn() {} },
      });
    /** @type {Awaited<ReturnType<typeof start>> | null} */
    let relay = await start();
    await relay.ready;
    pbx.exchange.onEvent(({ fields }) => {
      const query = new URLSearchParams(fields).toString();
      void relay?.fetch(new Request(`http://relay.test${relay.hookPath}?${query}`));
    });
    const { token } = await relay.admin.addToken({ name: 'bench', extensions: [EXTENSION] });
    const { call } = pbx.exchange.ring(EXTENSION, '+79161112233');
    pbx.exchange.answer(call); // Now everyone can ask.
    /** @type {ValetPark[]} */
    const panels = [];
    for (let opened = 0; opened < count; opened += 1) {
      const panel = await ValetPark.open({
        baseUrl: 'http://relay.test/api/ver1.0',
        extension: EXTENSION,
        feed: `http://relay.test/feed?extension=${EXTENSION}`,
        headers: () => ({ Authorization: `Bearer ${token}` }),
        tabs: 'solo',
        fetch: async (input, init) => {
          if (relay === null) throw new TypeError('the relay is away');
          return relay.fetch(new Request(input, init));
        },
      });
      panel.subscribe(() => {});
      panels.push(panel);
    }
    const areBack = async () => {
      while ((relay?.health.subscribers ?? 0) < count) await pause(10);
    };
    await areBack();
    await pause(5_000);
    questions = 0;
    await pause(watchMs);
    const quiet = questions;
    const delays = await hookDelays(panels.at(-1));

    const closing = relay.close();
    relay = null;
    await closing;
    const startedAt = now();
    const again = await start();
    await again.ready;
    questions = 0;
    relay = again; // From now on the panels can come back.
    await areBack();
    const backAfter = now() - startedAt;
    await pause(Math.max(startedAt + watchMs - now(), 0));
    for (const panel of panels) panel.dispose();
    await again.close();
    pbx.dispose();
    rmSync(state, { recursive: true });
    return { backAfter, questions, quiet, delays };

    /**
     * Lets calls ring, one after the other. Returns after how many ms the panel shows each one.
     *
     * @param {ValetPark | undefined} panel
     */
    async function hookDelays(panel) {
      const delays = [];
      for (let number = 0; number < HOOKS; number += 1) {
        const sentAt = now();
        const { call } = pbx.exchange.ring(EXTENSION, `+7916${1_000_000 + number}`);
        while (!panel?.getSnapshot().calls.some((view) => view.call === call)) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        delays.push(now() - sentAt);
        pbx.exchange.hangup(call);
      }
      return delays;
    }
  },
});
