/** The example programs of the playground. `park` is the client, `pbx` plays the telephones. */
export const examples = {
  park: `// Anna rings, and you answer.
const { call } = await pbx.ring(
  'Anna Petrova', '+7 495 123-45-67');
await pbx.answer(call);

// Anna waits in a slot.
const { slot, confirmed } =
  await park.park(call, { note: 'invoice' });
log('slot', slot, 'confirmed', confirmed);
`,
  bridge: `// Jörg rings, and you park his call.
const { call } = await pbx.ring(
  'Jörg Weiß', '+49 30 23125 014');
await pbx.answer(call);
const { slot } = await park.park(call);

// John rings. Connect John with Jörg.
const second = await pbx.ring(
  'John Carter', '+44 20 7946 0123');
await pbx.answer(second.call);
const result =
  await park.bridge(second.call, { slot });
log('confirmed', result.confirmed);
`,
  pickUp: `// Marie rings, and you park her call.
const { call } = await pbx.ring(
  'Marie Dubois', '+33 1 99 00 12 34');
await pbx.answer(call);
const { slot } = await park.park(call);

// Your own telephone rings. Answer it.
const picked = park.pickUp(slot);
const rings = await pbx.nextRing();
await pbx.answer(rings.call);
log('you talk to', (await picked).uuid);
`,
  lost: `const { call } = await pbx.ring(
  'Olga Smirnova', '+7 812 555-01-23');
await pbx.answer(call);
const { slot } = park.getSnapshot().slots
  .findLast(({ state }) => state === 'free');

// The switch parks the call. With this
// seed the answer to the park gets lost.
await pbx.setFaults('seed=1,unanswered=0.5');
const { confirmed } =
  await park.park(call, { slot });
await pbx.setFaults('calm');

// The client has found out by itself.
log('slot', slot, 'confirmed', confirmed);
`,
  returns: `const { call } = await pbx.ring(
  'Lena Fischer', '+49 30 23125 099');
await pbx.answer(call);
const { slot } = await park.park(call);
log('waits in slot', slot);

// Three minutes later the call returns.
await pbx.forward(180_000);
const back = await pbx.nextRing(call);
log(back.name, 'rings again');
`,
} as const;

export type Example = keyof typeof examples;
