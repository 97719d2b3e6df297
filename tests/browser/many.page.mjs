// Runs in a page with <valet-lot>, for the tests and the benchmarks: a full lot in which one slot
// changes at a time.

/**
 * Counts the DOM changes in the changed tile (`here`) and everywhere else (`elsewhere`), and records the
 * duration of each frame, in ms.
 *
 * @param {{ tiles: number, changes: number, everyMs: number, runs: boolean }} options  `runs`: each tile
 *   has a running countdown
 */
export async function watchChanges({ tiles, changes, everyMs, runs }) {
  const start = Date.now();
  const view = (/** @type {number} */ slot, /** @type {number} */ n) => ({
    slot,
    ...{ state: /** @type {const} */ ('held'), pending: null, confirmed: true, checkedAt: start },
    ...{ uuid: `${slot}-${n}`, call: null, parkedBy: '32494', mine: false, exact: runs },
    caller: { name: `Caller ${slot}-${n}`, number: '+1 202 555 0123', extension: null },
    heldSince: runs ? start : null,
    // Every call returns at another moment.
    returnsAt: runs ? start + 180_000 + slot * 7 : null,
  });
  let slots = Array.from({ length: tiles }, (_, index) => view(index + 1, 0));
  const budget = { limit: null, remaining: null, resetsAt: null };
  const patience = { toldMs: 180_000, seenMs: null };
  const sync = { state: 'live', checkedAt: null, nextAskAt: null, role: 'solo', budget, patience };
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const changed = () => listeners.forEach((listener) => listener());
  let snapshot = { revision: 1, slots, calls: [], departures: [], sync };
  const lot = document.createElement('valet-lot');
  const park = {
    getSnapshot: () => snapshot,
    subscribe: (/** @type {() => void} */ listener) => (listeners.add(listener), () => {}),
    on: () => () => {},
    remaining: (/** @type {number} */ slot) =>
      runs ? (slots[slot - 1]?.returnsAt ?? start) - Date.now() : null,
  };
  Object.assign(lot, { park });
  document.body.append(lot);
  const frame = () =>
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, everyMs)));
  for (let settled = 0; settled < 5; settled += 1) await frame();

  const board = lot.shadowRoot?.querySelector('valet-board');
  const shown = [...(board?.shadowRoot?.querySelectorAll('valet-tile') ?? [])];
  let changing = 0;
  let [here, elsewhere] = [0, 0];
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  const watchers = shown.map((tile) => {
    const watcher = new MutationObserver(({ length }) => {
      if (tile.view.slot === changing) here += length;
      else elsewhere += length;
    });
    watcher.observe(tile, all);
    if (tile.shadowRoot) watcher.observe(tile.shadowRoot, all);
    return watcher;
  });
  const rest = new MutationObserver(({ length }) => (elsewhere += length));
  if (board?.shadowRoot) rest.observe(board.shadowRoot, all);

  /** @type {number[]} */
  const frames = [];
  let isOver = false;
  let last = performance.now();
  requestAnimationFrame(function beat(now) {
    frames.push(now - last);
    last = now;
    if (!isOver) requestAnimationFrame(beat);
  });
  for (let n = 1; n <= changes; n += 1) {
    changing = ((n * 137) % tiles) + 1;
    slots = slots.map((one) => (one.slot === changing ? view(changing, n) : one));
    snapshot = { ...snapshot, revision: snapshot.revision + 1, slots };
    changed();
    await frame();
  }
  isOver = true;
  for (const watcher of [...watchers, rest]) watcher.disconnect();
  lot.remove();
  return { tiles: shown.length, changes, here, elsewhere, frames: frames.slice(1) };
}
