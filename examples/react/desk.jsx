import { useCommand, useCountdown, useLot, useSlot } from 'valet-park/react';
import { talk, textOf } from '../desk.js';

export function Desk({ park }) {
  const { calls, slots } = useLot(park);
  const call = calls.find(({ state }) => state === 'talking')?.call;
  const { run, pending, error } = useCommand(park, 'park');
  return (
    <>
      <h1>Parked calls</h1>
      <p>
        <button onClick={() => talk('Anna', '+79161112233')}>Incoming call</button>{' '}
        <button disabled={pending || !call} onClick={() => run(call)}>
          Park
        </button>
      </p>
      <ol>
        {slots.map(({ slot }) => (
          <Slot key={slot} park={park} slot={slot} call={call} />
        ))}
      </ol>
      <p role="status">{error && textOf(error)}</p>
    </>
  );
}

/** Renders again only when this slot changes. */
function Slot({ park, slot, call }) {
  const { state, caller } = useSlot(park, slot);
  const { run, pending, error } = useCommand(park, 'bridge');
  if (state !== 'held') return <li>{state}</li>;
  return (
    <li>
      {caller?.name ?? caller?.number ?? 'unknown caller'} <Left park={park} slot={slot} />{' '}
      <button disabled={pending || !call} onClick={() => run(call, { slot })}>
        Bridge
      </button>{' '}
      {error && textOf(error)}
    </li>
  );
}

/** Only these digits render every second. */
function Left({ park, slot }) {
  return useCountdown(park, slot);
}
