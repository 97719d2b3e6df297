// The panel in JSX: as a component, and as an element, which React 19 supports.

import { useRef } from 'react';
import type { ValetPark } from 'valet-park';
import type { ValetLot as ValetLotElement } from 'valet-park/element';
import { ValetLot } from 'valet-park/react';

export function Panel({ park }: { park: ValetPark | null }) {
  const lot = useRef<ValetLotElement>(null);
  return (
    <>
      <ValetLot
        ref={lot}
        park={park}
        home="Reception"
        layout="dock"
        lookOnly
        className="panel"
        nameOf={(extension) => `desk ${extension}`}
        onParkingBeforePark={(event) => event.detail.slot === 9 && event.preventDefault()}
        onParkingParked={({ detail }) => console.log(detail.slot.toFixed())}
      />
      <valet-lot
        ref={lot}
        park={park}
        home="Reception"
        owns-page
        onparking-picked-up={({ detail }) => console.log(detail.uuid)}
      >
        <p slot="bar">Reception</p>
      </valet-lot>
    </>
  );
}

// @ts-expect-error There is no such layout.
export const layout = <ValetLot layout="circle" />;
// @ts-expect-error There is no such property.
export const property = <ValetLot hom="Reception" />;
// @ts-expect-error The event has no such detail.
export const event = <ValetLot onParkingParked={({ detail }) => console.log(detail.place)} />;
// @ts-expect-error There is no such layout.
export const elementLayout = <valet-lot layout="circle" />;
// @ts-expect-error There is no such property.
export const elementProperty = <valet-lot hom="Reception" />;
