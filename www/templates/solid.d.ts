// Types of <valet-lot> in the JSX of Solid.

import type { JSX } from 'solid-js';
import type { ValetLot, ValetLotListeners, ValetLotProps } from 'valet-park/element';

/** Properties whose names begin with `prop:`. Solid then sets the property and no attribute. */
export type Prefixed<Props> = { [Key in keyof Props as `prop:${Key & string}`]?: Props[Key] };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'valet-lot': JSX.HTMLAttributes<ValetLot> &
        ValetLotProps &
        Prefixed<ValetLotProps> &
        ValetLotListeners<'on:'>;
    }
  }
}
