import type { Party, SlotView } from 'valet-park';
import type { Attempt, HostActionName } from './attempt.ts';
import type { Locale } from './locale.ts';
import type { Message } from './messages.ts';
import { isHeld } from './obstacle.ts';
import { cleanText, partyText } from './party.ts';

/** An action of the page. A promise that rejects says that the action has failed. */
export type HostAction = (
  view: SlotView,
  options: { readonly text: string; readonly signal: AbortSignal },
) => void | Promise<void>;

/** The actions that a page provides; null for one that it does not. */
export type HostActions = Readonly<Record<HostActionName, HostAction | null>>;

/** A request to run an action of the page. `uuid` is the call that the person saw in the slot. */
export interface HostActionRequest {
  readonly name: HostActionName;
  readonly slot: number;
  readonly uuid: string | null;
}

/** Returns the actions that a panel offers. A panel that only shows the lot offers none. */
export function offeredActions(
  panel: HostActions & { readonly lookOnly: boolean },
): readonly HostActionName[] {
  if (panel.lookOnly) return [];
  return (['announce', 'page'] as const).filter((name) => panel[name] !== null);
}

/** Returns the sentence that is read aloud for a call that waits. */
export function sayText(
  locale: Locale,
  { slot, caller, forWhom }: { slot: number; caller: Party | null; forWhom: string | null },
): Message {
  const who = partyText(locale, caller).name;
  const say: Message = { key: 'announce.say', params: { n: slot, who } };
  const name = cleanText(forWhom);
  return name === '' ? say : { key: 'announce.for', params: { name, say } };
}

/** Runs the actions of the page. An action runs once at a time for each call. */
export class HostActionRunner {
  readonly #panel: HostActions & { readonly locale: Locale };
  readonly #running = new Set<string>();

  constructor(panel: HostActions & { readonly locale: Locale }) {
    this.#panel = panel;
  }

  /** Returns why an action cannot run; null if it can. */
  whyNot(request: HostActionRequest, view: SlotView | undefined): Message | null {
    const { name, slot, uuid } = request;
    if (!(view?.uuid === uuid && isHeld(view))) {
      return { key: 'why.changed', params: { n: slot } };
    }
    if (this.#running.has(`${name} ${uuid}`)) return { key: 'why.pending' };
    return name === 'page' && cleanText(view.forWhom) === '' ? { key: 'why.needForWhom' } : null;
  }

  /** Returns what an action attempts, for its error. */
  attempt({ name, slot }: HostActionRequest, { caller }: SlotView): Attempt {
    return { what: name, caller, slot };
  }

  /** Runs an action. Resolves to the message that says what was done; rejects if the page fails. */
  async run(
    { name, uuid }: HostActionRequest,
    view: SlotView,
    signal: AbortSignal,
  ): Promise<Message | null> {
    const action = this.#panel[name];
    if (action === null) return null;
    const { locale } = this.#panel;
    const isAnnounced = name === 'announce';
    const message: Message = isAnnounced
      ? sayText(locale, view)
      : { key: 'toast.forMe', params: { n: view.slot, who: partyText(locale, view.caller).name } };
    const text = locale.format(message);
    this.#running.add(`${name} ${uuid}`);
    try {
      await action(view, { text, signal });
    } finally {
      this.#running.delete(`${name} ${uuid}`);
    }
    if (isAnnounced) return { key: 'toast.announced', params: { text: message } };
    return { key: 'toast.paged', params: { name: cleanText(view.forWhom), text: message } };
  }
}
