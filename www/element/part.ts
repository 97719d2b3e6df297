import { LitElement, type CSSResultOrNative, type TemplateResult } from 'lit';
import type { Message, MessageKey, Params } from './messages.ts';
import { dress, dressAgain } from './sheets.ts';
import { english, type Tongue } from './tongue.ts';

/** A part of the panel: speaks one language, and tells what it wants by events. */
export abstract class Part extends LitElement {
  static override properties: Record<string, object> = { tongue: { attribute: false } };

  /** In which language it speaks. */
  declare tongue: Tongue;

  constructor() {
    super();
    this.tongue = english;
  }

  protected override createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    dress(root, this.#styles);
    return root;
  }

  /** The browser calls this when the part has moved to another document. */
  adoptedCallback(): void {
    if (this.shadowRoot !== null) dressAgain(this.shadowRoot, this.#styles);
  }

  get #styles(): readonly CSSResultOrNative[] {
    return (this.constructor as typeof LitElement).elementStyles;
  }

  protected override performUpdate(): void {
    const focused = this.shadowRoot?.activeElement ?? null;
    super.performUpdate();
    const isLost = focused !== null && focused.getClientRects().length === 0;
    // A dialogue that closes gives the focus back by itself.
    const held = this.shadowRoot?.activeElement ?? null;
    if (isLost && (held === null || held === focused)) this.onFocusLost();
  }

  /** What had the focus is drawn no more: tells so, for whoever knows where to go on. */
  protected onFocusLost(): void {
    this.fire('parking-focus-lost');
  }

  /** A sentence as plain text. */
  protected words(key: MessageKey, params?: Params): string {
    return this.tongue.words(key, params);
  }

  /** A sentence as plain text; an empty one for none. */
  protected text(message: Message | null): string {
    return message === null ? '' : this.tongue.text(message);
  }

  /** A sentence as HTML. */
  protected spoken(message: Message): TemplateResult {
    return this.tongue.spoken(message);
  }

  /** Fires an event that leaves the shadow trees around it. False if somebody called it off. */
  fire(type: string, detail?: unknown, cancelable = false): boolean {
    const init = { detail, bubbles: true, composed: true, cancelable };
    return this.dispatchEvent(new CustomEvent(type, init));
  }
}
