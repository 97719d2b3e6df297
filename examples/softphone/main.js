// A softphone that parks its call. SIP carries the call, and `valet-park` parks it.
//
// `?phone=sipjs` or `?phone=jssip` selects the SIP library. The example uses a stand-in for the SIP
// server. For a real server set `server`, `uri` and `password`, and remove the stand-in.

import 'valet-park/element';
import { isValetError } from 'valet-park';
import { openDesk, textOf } from '../desk.js';
import { startJsSip } from './jssip.js';
import { startSipJs } from './sipjs.js';
import { StandIn, socketTo, transportTo } from './stand-in.js';

const state = document.querySelector('#state');
const answer = document.querySelector('#answer');
const parking = document.querySelector('#park');

const park = await openDesk();
document.querySelector('valet-lot').park = park;

/** The only dialog. This softphone has one line. */
let dialog = null;

function onDialog(incoming) {
  if (dialog !== null) return incoming.refuse();
  dialog = incoming;
  state.textContent = `${incoming.number} is calling`;
  answer.disabled = false;
  incoming.onEnd(() => {
    if (dialog !== incoming) return;
    dialog = null;
    state.textContent = 'On hook';
    answer.disabled = parking.disabled = true;
  });
}

answer.onclick = async () => {
  const meant = dialog;
  answer.disabled = true;
  await meant.answer();
  if (dialog !== meant) return; // the caller has hung up meanwhile
  state.textContent = `Talking with ${meant.number}`;
  parking.disabled = false;
};

/** Finds the call of a dialog. Asks the switch for its calls if no event has told of the call yet. */
async function callAtSwitch(meant) {
  const known = park.callOf(meant);
  if (known !== null) return known;
  await park.loadCalls();
  return park.callOf(meant);
}

parking.onclick = async () => {
  parking.disabled = true;
  try {
    const meant = dialog;
    const call = await callAtSwitch(meant);
    if (dialog !== meant) return; // it has ended meanwhile
    if (call !== null) return await park.park(call); // the switch ends the dialog by itself
    state.textContent = 'The switch does not show this call yet';
  } catch (error) {
    state.textContent = isValetError(error) ? textOf(error) : 'The switch cannot be reached';
  }
  parking.disabled = dialog === null;
};

const standIn = new StandIn(park);
const account = { uri: 'sip:341@stand-in.example', server: 'wss://stand-in.example', password: '' };
if (new URLSearchParams(location.search).get('phone') === 'jssip') {
  await startJsSip({ ...account, onDialog, socket: socketTo(standIn) });
} else {
  await startSipJs({ ...account, onDialog, transportConstructor: transportTo(standIn) });
}
