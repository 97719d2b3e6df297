// Types of <valet-lot> in the templates of Vue.

import type { EmitFn, HTMLAttributes } from 'vue';
import type { ValetLot, ValetLotEvents, ValetLotProps } from 'valet-park/element';

/** The element as a component: what a template may set, and the events that it may listen to. */
export type ValetLotInVue = new () => ValetLot & {
  /** @deprecated Only for templates. */
  $props: HTMLAttributes & ValetLotProps;
  /** @deprecated Only for templates. */
  $emit: EmitFn<{ [Type in keyof ValetLotEvents]: (event: ValetLotEvents[Type]) => void }>;
};

declare module 'vue' {
  interface GlobalComponents {
    'valet-lot': ValetLotInVue;
  }
}
