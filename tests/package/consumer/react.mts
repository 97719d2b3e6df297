// A component, compiled with strict options. The hooks accept the client of 'valet-park'.

import { ValetPark } from 'valet-park';
import { useCommand, useCountdown, useLot, useSlot } from 'valet-park/react';

const park: ValetPark | null = await ValetPark.open({ baseUrl: '', extension: '34414' });
const states: readonly string[] = useLot(park).slots.map(({ state }) => state);
const caller: string | null = useSlot(park, 6)?.caller?.name ?? null;
const left: string | null = useCountdown(null, 6);
const { run, pending, error } = useCommand(park, 'park');
const parked = await run('1-2', { slot: 6 });
const slot: number | undefined = parked?.slot;
console.log(states, caller, left, slot, pending, error?.outcome);
// @ts-expect-error there is no such command
useCommand(park, 'steal');
