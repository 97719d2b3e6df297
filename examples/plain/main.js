// Without any tool: an import map, a list, two buttons.

import { openDesk, talk, textOf } from '../desk.js';

const park = await openDesk();
const list = document.querySelector('#lot');
const parking = document.querySelector('#park');
const status = document.querySelector('[role=status]');

/** The call that can be parked or bridged with, if there is one: the first that talks. */
const current = () => park.getSnapshot().calls.find(({ state }) => state === 'talking')?.call;

/** Does something, one at a time, and says what went wrong with it. */
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
  // A name is any text at all: never innerHTML.
  item.textContent = state === 'held' ? (caller?.name ?? caller?.number ?? 'somebody') : state;
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
