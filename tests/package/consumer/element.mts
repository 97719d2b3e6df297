// A page that shows <valet-lot>, compiled with strict options.

import { ValetPark } from 'valet-park';
import {
  define,
  englishMessages,
  type Messages,
  registerMessages,
  ValetLot,
} from 'valet-park/element';

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

registerMessages('nl', { 'slot.free': 'Vrij', 'slot.mineOf': 'Van u: {name}' });
registerMessages('nl', () => Promise.resolve({ 'board.count': '{n, plural, other {#}}' }));
registerMessages('nl', async () => ({ 'act.close': 'Sluiten' }) as const);
const whole: Messages = englishMessages;
registerMessages('nl', whole);
// @ts-expect-error there is no such message
registerMessages('nl', { 'slot.fre': 'Vrij' });
// @ts-expect-error the placeholder is called `name`
registerMessages('nl', { 'slot.mineOf': 'Van u: {naam}' });
// @ts-expect-error the placeholder `n` is missing
registerMessages('nl', { 'board.count': 'Geparkeerd' });
// @ts-expect-error the placeholder `s` is unknown
registerMessages('nl', () => Promise.resolve({ 'slot.free': '{s, plural, other {#}}' } as const));
