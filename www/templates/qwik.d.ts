// Types of <valet-lot> in the JSX of Qwik.

import type { HTMLElementAttrs, QwikAttributes } from '@builder.io/qwik';
import type { ValetLot, ValetLotProps } from 'valet-park/element';

declare module '@builder.io/qwik' {
  namespace QwikJSX {
    interface IntrinsicElements {
      'valet-lot': HTMLElementAttrs & QwikAttributes<ValetLot> & ValetLotProps;
    }
  }
}
