// A script: parks a call, shows the board, connects a second call with the parked one.

import { isValetError } from 'valet-park';
import { openDesk, talk } from '../desk.js';

const park = await openDesk();

function show() {
  for (const { slot, state, caller } of park.getSnapshot().slots) {
    console.log(`${slot}  ${state.padEnd(8)} ${caller?.name ?? ''}`.trimEnd());
  }
}

try {
  const anna = await talk('Anna', '+79161112233');
  const { slot } = await park.park(anna);

  const jorg = await talk('Jörg', '+49301234567');
  // Your server sends this event to the page.
  park.track({ EventType: 'answer', CallAPIID: jorg, CallFlow: 'in' });
  await park.refresh(); // asks with Jörg's call; a question needs a live call
  show();
  await park.bridge(jorg, { slot });
  console.log(`bridged with the call from slot ${slot}`);
} catch (error) {
  if (!isValetError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
} finally {
  park.dispose();
}
