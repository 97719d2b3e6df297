import { buildRequest, type Question } from 'valet-park';
import { Lot } from 'valet-park/lot';

// An action that does not exist.
export const question: Question = { extension: '1', call: '1-2', action: 'unpark' };
// A slot as text.
buildRequest({ extension: '1', call: '1-2', action: 'park', slot: '6' });
// The time is missing.
new Lot().ask({ extension: '1', call: '1-2', action: 'slots' });
// The list of stalls is read-only.
new Lot().stalls()[0]!.slot = 3;
