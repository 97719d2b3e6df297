// Types of <valet-lot> in the templates of Svelte.

import type { HTMLAttributes } from 'svelte/elements';
import type { ValetLot, ValetLotListeners, ValetLotProps } from 'valet-park/element';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'valet-lot': HTMLAttributes<ValetLot> &
      ValetLotProps &
      ValetLotListeners<'on'> &
      ValetLotListeners<'on:'>;
  }
}
