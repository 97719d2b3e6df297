// Kills the relay and the switch in the middle of traffic: `node scripts/relay-restarts.mjs`, or
// `node scripts/relay-restarts.mjs 50 30` for 50 panels and 30 seconds.
//
// Afterwards every panel must equal the lot, no command may have reached the switch twice, and the
// feed must have every message once.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from './build.mjs';
import {
  agree,
  BETWEEN_MS,
  CLIENT,
  openRelay,
  openSwitch,
  readFeed,
  SLOTS,
  use,
} from './relay-restarts/traffic.mjs';
import { Failure, whenStarted } from './step.mjs';

/** @typedef {import('./relay-restarts/traffic.mjs').Acts} Acts */

await whenStarted(import.meta.url, async () => {
  await build();
  const [panels = '200', seconds = '120'] = process.argv.slice(2);
  const problems = await run(Number(panels), Number(seconds) * 1_000);
  if (problems.length > 0) {
    const remedy = 'compare with tests/server/relay/faults.test.ts, and add a test there';
    throw new Failure('restarting the relay and the switch', problems.join('\n        '), remedy);
  }
});

/** @param {number} count @param {number} ms */
async function run(count, ms) {
  const { ValetPark } = await import('valet-park');
  const extensions = Array.from({ length: count }, (_, index) => String(40_000 + index));
  const pbx = await openSwitch(extensions);
  const relay = openRelay({
    ...{ state: mkdtempSync(join(tmpdir(), 'valet-park-')), url: pbx.url, client: CLIENT },
    ...{ extensions, slots: SLOTS },
  });
  let address = await relay.start();
  pbx.sendHooksTo(address.url + address.hookPath);
  const panels = await Promise.all(
    extensions.map(async (extension, index) => {
      const panel = await ValetPark.open({
        baseUrl: `${address.url}/api/ver1.0`,
        feed: `${address.url}/feed?extension=${extension}`,
        ...{ extension, tabs: 'solo', dialect: { slots: SLOTS } },
        headers: () => ({ Authorization: `Bearer ${address.tokens[index]}` }),
      });
      panel.subscribe(() => {});
      return panel;
    }),
  );
  const readers = [0, 1, 2].map(() => readFeed(address, extensions[0] ?? ''));

  /** @type {Acts} */
  const acts = { done: 0, failed: 0, unknown: 0, codes: {} };
  const state = { isOver: false };
  const traffic = panels.map((panel, index) =>
    use(panel, extensions[index] ?? '', pbx, acts, state, count * BETWEEN_MS),
  );
  await pause(ms / 3);
  console.log('▸ killing the relay');
  relay.kill();
  await pause(1_000);
  address = await relay.start();
  await pause(ms / 3);
  console.log('▸ killing the switch');
  await pbx.restart(1_000);
  await pause(ms / 3);
  state.isOver = true;
  await Promise.all(traffic);

  const problems = [];
  const disagreeing = await agree(panels, pbx);
  if (disagreeing !== '') problems.push(`panels do not show the lot: ${disagreeing}`);
  const twice = [...pbx.commands].filter(([, times]) => times > 1);
  if (twice.length > 0) problems.push(`${twice.length} commands reached the switch twice`);
  await pause(1_000);
  const feeds = readers.map((reader) => reader.stop());
  const idsOf = (/** @type {{ told: { id: number }[] } | undefined} */ feed) =>
    (feed?.told ?? []).map(({ id }) => id);
  for (const feed of feeds) {
    const ids = idsOf(feed);
    const { resets } = feed;
    if (resets > 0) problems.push(`a feed was reset ${resets} times`);
    if (ids.some((id, place) => place > 0 && id <= (ids[place - 1] ?? 0)))
      problems.push('a feed has a message twice, or in the wrong order');
    if (ids.join() !== idsOf(feeds[0]).join()) problems.push('two feeds have other messages');
  }
  console.log(
    `${count} panels, ${pbx.commands.size} commands at the switch, ${acts.done} done, ` +
      `${acts.failed} refused, ${acts.unknown} with an unknown outcome, ` +
      `${feeds[0]?.told.length} messages in each of ${feeds.length} feeds`,
    acts.codes,
  );
  for (const panel of panels) panel.dispose();
  relay.kill();
  await pbx.close();
  return problems;
}
