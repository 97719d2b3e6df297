/**
 * `valet-park/element`: importing it registers `<valet-lot>`, where there are elements at all.
 *
 * What else it exports is for the page that shows it, which is built of the same parts; the types
 * do not promise it.
 */

import { define } from './define.ts';

export { ValetLot } from './lot.ts';
export { define };
export { Part } from './part.ts';
export { fullName, who } from './party.ts';
export { keep, kept } from './refusals.ts';
export { controls, fields, tokens } from './tokens.ts';
export { tongueFor } from './tongue.ts';
export { trouble } from './trouble.ts';

if (typeof customElements === 'object') define();
