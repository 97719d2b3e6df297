// A softphone with two lines that parks its calls. SIP carries the calls, and `valet-park` parks them.
//
// `?phone=sipjs` or `?phone=jssip` selects the SIP library. The example uses a stand-in for the SIP
// server. For a real server set `server`, `uri` and `password`, and remove the stand-in.

import 'valet-park/element';
import { isValetError } from 'valet-park';
import { extension, openDesk, textOf } from '../desk.js';
import { startJsSip } from './jssip.js';
import { connectWith, isOwnPickUp, parkCaller, pickUp } from './parking.js';
import { startSipJs } from './sipjs.js';
import { hear, offerOutputs, RingTone, speak } from './sound.js';
import { socketTo, transportTo } from './stand-in/connection.js';
import { StandIn } from './stand-in/server.js';

const element = (id) => document.getElementById(id);
const audio = element('remote');
const ringTone = new RingTone();

const standIn = new StandIn(extension);
const park = await openDesk({ fetch: standIn.fetch, tabs: 'solo' });
standIn.onEvent = (event) => park.track(event);
const lot = document.querySelector('valet-lot');
lot.park = park;

/** The dialogs of the two lines. Null: the line is free. */
const dialogs = [null, null];
/** The dialog in which the person talks. The other line waits: it hears nothing, and is not heard. */
let active = null;

function onDialog(dialog) {
  const line = dialogs.indexOf(null);
  if (line === -1) return void dialog.hangUp();
  dialogs[line] = dialog;
  if (dialog.direction === 'out') active = dialog;
  if (isOwnPickUp(dialog)) void answer(dialog);
  show();
}

function onChange(dialog) {
  const line = dialogs.indexOf(dialog);
  if (line === -1) return;
  if (dialog.hasEnded) {
    dialogs[line] = null;
    if (active === dialog) active = null;
  }
  if (dialog.answeredAt !== null) void offerOutputs(element('outputs'), audio);
  show();
}

async function answer(dialog) {
  active = dialog;
  show();
  try {
    await dialog.answer();
  } catch (error) {
    element('state').textContent = `Not answered: ${error.message}`; // such as: no microphone
  }
}

function talk(dialog) {
  active = dialog;
  show();
}

function hangUp(dialog) {
  void dialog.hangUp();
}

// Parking. One command runs at a time, and its buttons are disabled meanwhile.

let isBusy = false;
/** Cancels the pick-up under way. */
let stop = null;

async function run(task, done) {
  isBusy = true;
  show();
  try {
    element('state').textContent = done(await task());
  } catch (error) {
    element('state').textContent = isValetError(error) ? textOf(error) : error.message;
  }
  isBusy = false;
  stop = null;
  show();
}

const othersOf = (dialog) => dialogs.filter((other) => other !== null && other !== dialog);

function parkLine(dialog) {
  void run(
    () => parkCaller(park, dialog, othersOf(dialog)),
    (slot) => `The call waits in slot ${slot}`,
  );
}

function fetchFrom(slot) {
  const dialog = active;
  if (dialog !== null) {
    void run(
      () => connectWith(park, slot, dialog, othersOf(dialog)),
      () => `Connected with slot ${slot}`,
    );
    return;
  }
  stop = new AbortController();
  void run(
    () => pickUp(park, slot, stop.signal),
    () => `Picked up from slot ${slot}`,
  );
}

// A pick-up of the panel goes the same way, so that the telephone answers it by itself.
lot.addEventListener('parking-before-pick-up', (event) => {
  event.preventDefault();
  if (!isBusy) fetchFrom(event.detail.slot);
});

// The page.

const button = (text, act) =>
  Object.assign(document.createElement('button'), { textContent: text, onclick: act });

const rows = dialogs.map((_, line) => {
  const text = document.createElement('span');
  const act = (what) => () => dialogs[line] !== null && what(dialogs[line]);
  const buttons = {
    answer: button('Answer', act(answer)),
    talk: button('Talk', act(talk)),
    park: button('Park', act(parkLine)),
    hangUp: button('Hang up', act(hangUp)),
  };
  const row = document.createElement('li');
  row.append(text, ...Object.values(buttons));
  element('lines').append(row);
  return { text, ...buttons };
});

const slots = park.getSnapshot().slots.map(({ slot }) => button('', () => fetchFrom(slot)));
element('slots').append(...slots);

/** The switch knows the caller of a picked-up call. SIP names only the slot. */
function nameOf(dialog) {
  if (dialog.direction === 'out') return dialog.number;
  const call = park.callOf(dialog, othersOf(dialog));
  const view = park.getSnapshot().calls.find((one) => one.call === call);
  return view?.caller?.name || dialog.name || dialog.number;
}

function textOfLine(dialog) {
  if (dialog === null) return 'Free';
  const who = nameOf(dialog);
  if (dialog.answeredAt !== null) return dialog === active ? `Talking with ${who}` : `${who} waits`;
  return dialog.direction === 'in' ? `${who} is calling` : `Calling ${who}`;
}

function show() {
  for (const [line, row] of rows.entries()) {
    const dialog = dialogs[line];
    const isUp = dialog !== null && dialog.answeredAt !== null;
    row.text.textContent = textOfLine(dialog);
    row.answer.hidden = dialog === null || isUp || dialog.direction === 'out';
    row.talk.hidden = !isUp || dialog === active;
    row.park.hidden = !isUp;
    row.park.disabled = isBusy;
    row.hangUp.hidden = dialog === null;
    row.hangUp.disabled = isBusy && isUp;
    if (dialog !== null) speak(dialog.connection, dialog === active);
  }
  const isTalking = active !== null && active.answeredAt !== null;
  hear(audio, isTalking ? active.connection : null);
  const rings = dialogs.some((dialog) => dialog?.direction === 'in' && dialog.answeredAt === null);
  ringTone.set(rings && !isTalking);
  for (const { slot, state, caller } of park.getSnapshot().slots) {
    const found = slots[slot - 1];
    found.hidden = state !== 'held';
    found.disabled = isBusy || (active !== null && !isTalking);
    const what = isTalking ? 'Connect with' : 'Pick up';
    found.textContent = `${what} ${slot}: ${caller?.name ?? caller?.number ?? 'unknown'}`;
  }
  element('cancel').hidden = stop === null;
}

park.subscribe(show);
show();
element('cancel').onclick = () => stop?.abort();
element('dial').onsubmit = (event) => {
  event.preventDefault();
  if (dialogs.includes(null)) void call(new FormData(event.target).get('number'));
};

// The account. With a real server the last line of each branch has no stand-in.
const account = {
  uri: `sip:${extension}@stand-in.example`,
  server: 'wss://stand-in.example',
  password: '',
  onDialog,
  onChange,
};
const call =
  new URLSearchParams(location.search).get('phone') === 'jssip'
    ? await startJsSip({ ...account, socket: socketTo(standIn) })
    : await startSipJs({ ...account, transportConstructor: transportTo(standIn) });
