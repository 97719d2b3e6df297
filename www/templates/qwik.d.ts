// Types of <valet-lot> in the JSX of Qwik.

import type { HTMLElementAttrs, QRL, QwikAttributes } from '@builder.io/qwik';
import type { ValetLot, ValetLotEvents, ValetLotProps } from 'valet-park/element';

/** Listeners, such as `onParking-parked$`. */
export type QwikListeners = {
  [Type in keyof ValetLotEvents as `on${Capitalize<Type>}$`]?:
    | QRL<(event: ValetLotEvents[Type], element: ValetLot) => void>
    | ((event: ValetLotEvents[Type], element: ValetLot) => void)
    | undefined;
};

declare module '@builder.io/qwik' {
  namespace QwikJSX {
    interface IntrinsicElements {
      'valet-lot': HTMLElementAttrs & QwikAttributes<ValetLot> & ValetLotProps & QwikListeners;
    }
  }
}
