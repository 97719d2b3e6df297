/**
 * `valet-park/element`: importing this module registers `<valet-lot>`, except on a server.
 *
 * The page of the server is built with the other exports. They are not part of the public API.
 */

import { define } from './define.ts';

export { readStored, store } from './browser-features.ts';
export { define };
export { errorText } from './error-text.ts';
export { Catalogues } from './catalogues.ts';
export { loadLocale, registerMessages } from './languages.ts';
export { en as englishMessages } from './messages/en.ts';
export { ValetLot } from './lot.ts';
export { PanelElement } from './panel-element.ts';
export { fullName, partyText } from './party.ts';
export { controls, fields, tokens } from './tokens.ts';

if (typeof customElements === 'object') define();
