import { define } from '../element/define.ts';
import { ValetDrawer } from './drawer.ts';
import { ValetPanel } from './panel.ts';
import { ValetRequestLog } from './request-log-view.ts';
import { ValetTour } from './tour.ts';

/** Registers the elements of a page with a panel and its drawer. */
export function definePanel(): void {
  define();
  customElements.define('valet-tour', ValetTour);
  customElements.define('valet-drawer', ValetDrawer);
  customElements.define('valet-request-log', ValetRequestLog);
  customElements.define('valet-panel', ValetPanel);
}
