// A page that shows <valet-lot>, compiled with strict options.

import { ValetPark } from 'valet-park';
import { define, ValetLot } from 'valet-park/element';

const lot = document.createElement('valet-lot');
lot.park = await ValetPark.open({ baseUrl: '/api/ver1.0', extension: '34414' });
lot.layout = 'dock';
lot.nameOf = (extension) => `desk ${extension}`;
lot.addEventListener('parking-before-bridge', (event) => {
  if (event.detail.slot === 9) event.preventDefault();
});
lot.addEventListener('parking-parked', ({ detail }) => console.log(detail.slot.toFixed()));
document.body.append(lot);
define();
new ValetLot().remove();
// @ts-expect-error there is no such layout
lot.layout = 'circle';
