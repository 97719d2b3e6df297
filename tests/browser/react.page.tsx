// A small panel in React for react.spec.ts. It counts how often each component renders.

import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ValetPark } from 'valet-park';
import { useCommand, useCountdown, useLot, useSlot } from 'valet-park/react';

const renders: Record<string, number> = {};
Object.assign(window, { renders });

function count(component: string): void {
  renders[component] = (renders[component] ?? 0) + 1;
}

function Left({ park, slot }: { park: ValetPark; slot: number }) {
  count(`left ${slot}`);
  return <span role="timer">{useCountdown(park, slot) ?? '–'}</span>;
}

function Slot({ park, slot }: { park: ValetPark; slot: number }) {
  count(`slot ${slot}`);
  const view = useSlot(park, slot);
  return (
    <li>
      {slot}: {view?.state} {view?.caller?.name} <Left park={park} slot={slot} />
    </li>
  );
}

function PanelController({ park }: { park: ValetPark }) {
  const { calls } = useLot(park);
  const { run, pending, error } = useCommand(park, 'park');
  const [call] = calls;
  return (
    <>
      <button disabled={!call} onClick={() => call && void run(call.call, { slot: 6 })}>
        Park
      </button>
      <p role="status">{pending ? 'parking' : (error?.code ?? 'idle')}</p>
    </>
  );
}

function Phone() {
  const [park, setPark] = useState<ValetPark | null>(null);
  useEffect(() => {
    const token = new URLSearchParams(location.search).get('token');
    const opening = ValetPark.open({
      baseUrl: '/api/ver1.0',
      extension: '34414',
      headers: () => ({ Authorization: `Bearer ${token}` }),
      feed: '/feed?extension=34414',
    });
    void opening.then(setPark);
    return () => void opening.then((opened) => opened.dispose());
  }, []);
  if (park === null) return <p>opening</p>;
  return (
    <>
      <PanelController park={park} />
      <ul>
        {[5, 6].map((slot) => (
          <Slot key={slot} park={park} slot={slot} />
        ))}
      </ul>
    </>
  );
}

createRoot(document.querySelector('main') ?? document.body).render(<Phone />);
