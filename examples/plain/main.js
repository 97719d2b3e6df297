// A page without a bundler: an import map, a list, two buttons.

import { openDesk, talk, textOf } from '../desk.js';

const park = await openDesk();
const list = document.querySelector('#lot');
const parking = document.querySelector('#park');
const status = document.querySelector('[role=status]');

/** The call to park or to bridge with: the first answered call, or undefined. */
const current = () => park.getSnapshot().calls.find(({ state }) => state === 'talking')?.call;

/** Runs one command at a time, and shows its error. */
let isBusy = false;
async function attempt(command) {
  isBusy = true;
  status.textContent = '';
  draw();
  await command().catch((error) => (status.textContent = textOf(error)));
  isBusy = false;
  draw();
}

function itemOf({ slot, state, caller }) {
  const item = document.createElement('li');
  // A name may contain any text, so do not use innerHTML.
  item.textContent =
    state === 'held' ? (caller?.name ?? caller?.number ?? 'unknown caller') : state;
  if (state === 'held') {
    const bridge = document.createElement('button');
    bridge.textContent = 'Bridge';
    bridge.disabled = isBusy || current() === undefined;
    bridge.onclick = () => attempt(() => park.bridge(current(), { slot }));
    item.append(' ', bridge);
  }
  return item;
}

function draw() {
  parking.disabled = isBusy || current() === undefined;
  list.replaceChildren(...park.getSnapshot().slots.map(itemOf));
}

document.querySelector('#call').onclick = () => talk('Anna', '+79161112233');
parking.onclick = () => attempt(() => park.park(current()));
park.subscribe(draw);
draw();
