// The parking of a softphone. `dialog` is a dialog of sipjs.js or jssip.js, and `others` are all
// other dialogs of the softphone.

/** Parks the caller. The switch ends the dialog by itself. Returns the slot. */
export async function parkCaller(park, dialog, others) {
  const { slot } = await park.park(await callAtSwitch(park, dialog, others));
  return slot;
}

/** Connects the other end of a dialog with the call in a slot. The switch ends the dialog. */
export async function connectWith(park, slot, dialog, others) {
  await park.bridge(await callAtSwitch(park, dialog, others), { slot });
}

/** Finds the call of a dialog. Asks the switch for its calls if no event has told of the call yet. */
async function callAtSwitch(park, dialog, others) {
  const known = park.callOf(dialog, others);
  if (known !== null) return known;
  await park.loadCalls();
  const call = park.callOf(dialog, others);
  if (call === null) throw new Error('The switch does not show this call yet');
  return call;
}

/** The pick-ups of this page. Null: none is under way. */
let pickingUp = null;

/** Lets the telephone ring, and connects it with the call in a slot. */
export async function pickUp(park, slot, signal) {
  pickingUp = slot;
  try {
    await park.pickUp(slot, { signal });
  } finally {
    pickingUp = null;
  }
}

/** True if a dialog rings because this page picks up. Then it needs no press on "Answer". */
export function isOwnPickUp({ headers }) {
  return pickingUp !== null && headers['X-Pick-Up-Slot'] === String(pickingUp);
}
