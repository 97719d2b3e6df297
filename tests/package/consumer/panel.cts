import park = require('valet-park');
import { Lot } from 'valet-park/lot';

const lot = new Lot({ slots: 9, bridgeAny: 'longest' });
const answer: park.Answer = lot.ask(0, { extension: '1', call: '1-2', action: 'slots' });
console.log(answer.kind === 'free' ? answer.slots.length : answer.kind);
lot.dispose();
