import type { CallView, SlotView } from 'valet-park';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { isHeld, whyNotBridge, whyNotParkHere, type Obstacle } from './obstacle.ts';
import { cleanText, otherParty, partyText } from './party.ts';

/** An action of a tile on its slot. */
export type TileAction = 'park' | 'pickUp' | 'bridge';

/** The facts outside of a slot that decide which actions its tile offers. */
export interface ActionContext {
  /** The selected call, or null. */
  readonly call: CallView | null;
  /** True if the own telephone can be connected with a waiting call. */
  readonly canPickUp: boolean;
  /** True if the panel only shows the lot. */
  readonly lookOnly: boolean;
  /** True while nothing can be asked. */
  readonly isOffline: boolean;
}

/** Returns the action of Enter and of the first button; null if the tile has none. */
export function firstAction(view: SlotView, context: ActionContext): TileAction | null {
  if (context.lookOnly) return null;
  if (!isHeld(view)) return 'park';
  return context.canPickUp ? 'pickUp' : 'bridge';
}

/** Returns the action of the second button; null if the tile has none. */
export function secondAction(view: SlotView, context: ActionContext): TileAction | null {
  return firstAction(view, context) === 'pickUp' ? 'bridge' : null;
}

/** Returns why an action is not possible now; null if it is possible. */
export function whyNotAction(
  action: TileAction | null,
  view: SlotView,
  { call, isOffline, canPickUp, lookOnly }: ActionContext,
): Obstacle {
  if (action === null || lookOnly) return 'why.lookOnly';
  if (action === 'park') return isOffline ? 'why.offline' : whyNotParkHere(view, call);
  if (isOffline) return 'why.offlineCall';
  if (action === 'pickUp') return view.pending === null ? null : 'why.pending';
  const obstacle = whyNotBridge(view, call);
  return obstacle === 'why.needCall' && !canPickUp ? 'why.howToReach' : obstacle;
}

/** The tile whose buttons are named. */
interface NamedTile {
  readonly locale: Locale;
  readonly view: SlotView;
  readonly call: CallView | null;
}

/** The longest name in a question about two people, in UTF-16 units. Both names fit on the button. */
const longestInQuestion = 20;

/** Returns the question of a button. It names the person who waits, and the one who gets the call. */
function questionText({ locale, view, call }: NamedTile, asked: TileAction): Message {
  const other = call === null ? null : otherParty(call);
  const [who = '', name = ''] = [view.caller, other].map((party) => {
    const { name } = partyText(locale, party);
    return asked === 'bridge' ? cleanText(name, longestInQuestion) : name;
  });
  return { key: `ask.${asked}`, params: { who, name } };
}

/** Returns the text of the button of an action. `asked` is the action that the tile asks about. */
export function actionText(
  { locale, view, call }: NamedTile,
  asked: TileAction | null,
  action: TileAction | null,
): Message {
  if (asked !== null) return questionText({ locale, view, call }, asked);
  if (action !== 'bridge') return { key: action === 'pickUp' ? 'act.pickUp' : 'act.parkHere' };
  if (call === null) return { key: 'act.sendOn' };
  return { key: 'act.sendTo', params: { name: partyText(locale, otherParty(call)).name } };
}

/** Returns the accessible name of the button of an action. */
export function actionName(
  { locale, view, call }: NamedTile,
  asked: TileAction | null,
  action: TileAction | null,
): Message {
  const who = partyText(locale, view.caller).name;
  const n = view.slot;
  if (asked !== null) return questionText({ locale, view, call }, asked);
  if (action === 'pickUp') return { key: 'act.pickUpSlot', params: { who, n } };
  if (action !== 'bridge') return { key: 'act.parkHereSlot', params: { n } };
  if (call === null) return { key: 'act.sendOnSlot', params: { who, n } };
  const name = partyText(locale, otherParty(call)).name;
  return { key: 'act.sendToSlot', params: { who, n, name } };
}
