import type { CallView, SlotView } from 'valet-park';
import type { HostActionName } from './attempt.ts';
import { sayText, type HostActionRequest } from './host-actions.ts';
import { label, type OwnerNames } from './label.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import type { MenuItem } from './menu.ts';
import { isHeld } from './obstacle.ts';
import { cleanText, fullName, otherParty, partyText } from './party.ts';
import { digitsOf, wordsOf } from './search-text.ts';
import { actionText, firstAction, whyNotAction, type ActionContext } from './tile-actions.ts';

/** The action of an entry of the palette. */
export type PaletteAction =
  | { readonly kind: 'slot'; readonly slot: number; readonly uuid: string | null }
  | { readonly kind: 'call'; readonly call: string }
  | { readonly kind: 'answer'; readonly call: string }
  | { readonly kind: 'command'; readonly name: string }
  | ({ readonly kind: 'host' } & HostActionRequest);

/** An entry of the palette: a slot, a call, a command of the menu, or an action of the page. */
export interface PaletteItem {
  readonly action: PaletteAction;
  /** The slot or the call, or the name of the command. */
  readonly title: string;
  /** The effect of Enter, or the reason why Enter does nothing. */
  readonly effect: string;
  /** The keys of the entry, in the form of `aria-keyshortcuts`; empty if it has none. */
  readonly shortcut: string;
  /** The text that a search compares with the query. */
  readonly search: string;
}

/** The panel that a palette searches. */
export interface PaletteSource {
  readonly locale: Locale;
  readonly slots: readonly SlotView[];
  readonly calls: readonly CallView[];
  /** The facts that decide which action a slot has. */
  readonly context: ActionContext;
  readonly names: OwnerNames;
  /** The commands: their names, their texts and their keys. */
  readonly commands: readonly Pick<MenuItem, 'name' | 'text' | 'shortcut'>[];
  /** True if the page can answer a call that rings. */
  readonly canAnswer: boolean;
  /** The key that answers the call which rings first; empty if it has none. */
  readonly answerKey: string;
  /** True if digits move to the slots. */
  readonly hasDigits: boolean;
  /** The actions that the page provides for a waiting call. */
  readonly hostActions: readonly HostActionName[];
}

/**
 * Returns all entries: waiting calls, our calls, commands, the actions of the page, and at last the
 * other slots.
 */
export function paletteItems(source: PaletteSource): readonly PaletteItem[] {
  const held = source.slots.filter(isHeld);
  return [
    ...held.map((view) => slotItem(source, view)),
    ...source.calls.filter(({ state }) => state !== 'parked').map((call) => callItem(source, call)),
    ...source.commands.map(({ name, text, shortcut = '' }) => ({
      action: { kind: 'command', name } as const,
      ...{ title: text, effect: '', shortcut, search: text },
    })),
    ...held.flatMap((view) => hostItems(source, view)),
    ...source.slots.filter((view) => !isHeld(view)).map((view) => slotItem(source, view)),
  ];
}

function slotItem(source: PaletteSource, view: SlotView): PaletteItem {
  const { locale, names, context, hasDigits } = source;
  const { slot, uuid, caller, parkedBy, note, forWhom } = view;
  const title = label(locale, view, { names, waitTime: null, now: Date.now() });
  const place: Message = { key: 'details.title', params: { n: slot } };
  const named: Message = { key: 'list.place', params: { n: slot, who: fullName(locale, caller) } };
  const action = firstAction(view, context);
  const obstacle = whyNotAction(action, view, context);
  const extension = parkedBy === null ? '' : names.nameOf(parkedBy);
  const digits = digitsOf(caller?.number);
  return {
    action: { kind: 'slot', slot, uuid },
    title: isHeld(view) ? capital(locale.format(named)) : locale.format(place),
    effect:
      obstacle === null
        ? locale.format(actionText({ locale, view, call: context.call }, null, action))
        : locale.text(obstacle),
    shortcut: hasDigits && slot < 10 ? String(slot) : '',
    search: [title, slot, extension, note, forWhom, digits].filter(Boolean).join(' '),
  };
}

/** The actions of the page on a waiting call. Only a call for a person can be told to one. */
function hostItems({ locale, hostActions }: PaletteSource, view: SlotView): PaletteItem[] {
  const { slot, uuid, caller } = view;
  const name = cleanText(view.forWhom);
  const params = { n: slot, who: partyText(locale, caller).name, name };
  return hostActions
    .filter((action) => action === 'announce' || name !== '')
    .map((action) => {
      const title = locale.text(`act.${action}Slot`, params);
      const effect = action === 'announce' ? locale.format(sayText(locale, view)) : '';
      const search = `${title} ${name}`;
      return {
        action: { kind: 'host', name: action, slot, uuid },
        title,
        effect,
        shortcut: '',
        search,
      };
    });
}

function callItem(
  { locale, canAnswer, answerKey, calls }: PaletteSource,
  call: CallView,
): PaletteItem {
  const party = otherParty(call);
  const who = fullName(locale, party);
  const title = locale.format(who);
  const state = locale.text(call.state === 'ringing' ? 'call.ringing' : 'call.talking');
  const answers = canAnswer && call.state === 'ringing';
  const effect = locale.text(answers ? 'act.answer' : 'palette.select');
  const isFirst = calls.find((each) => each.state === 'ringing') === call;
  return {
    action: { kind: answers ? 'answer' : 'call', call: call.call },
    title,
    effect: `${state} · ${effect}`,
    shortcut: answers && isFirst ? answerKey : '',
    search: `${title} ${state} ${effect} ${digitsOf(party?.number)}`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The number of entries that are shown. A longer query finds the others. */
const mostItems = 12;

/**
 * Returns the entries that contain every word of the query, at most 12. An entry whose title begins
 * with the query comes first, and so does the slot of a number.
 */
export function findItems(items: readonly PaletteItem[], query: string): readonly PaletteItem[] {
  const words = wordsOf(query);
  const rank = ({ action, title }: PaletteItem): number => {
    if (action.kind === 'slot' && String(action.slot) === words[0]) return 0;
    return title.toLowerCase().startsWith(words.join(' ')) ? 1 : 2;
  };
  const found = items.filter(({ search }) => {
    const text = search.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (words.length > 0) found.sort((a, b) => rank(a) - rank(b));
  return found.slice(0, mostItems);
}
