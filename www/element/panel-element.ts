import { LitElement, type CSSResultOrNative, type TemplateResult } from 'lit';
import { english, type Locale } from './locale.ts';
import type { Message, MessageKey, Param, Params } from './messages.ts';
import { applyStyles, reapplyStyles } from './style-sheets.ts';

/** The base class of all elements of the panel: a language, styles and events. */
export abstract class PanelElement extends LitElement {
  static override properties: Record<string, object> = { locale: { attribute: false } };

  /** The language of the texts. */
  declare locale: Locale;

  constructor() {
    super();
    this.locale = english;
  }

  protected override createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    applyStyles(root, this.#styles);
    return root;
  }

  /** The browser calls this after the element has moved to another document. */
  adoptedCallback(): void {
    if (this.shadowRoot !== null) reapplyStyles(this.shadowRoot, this.#styles);
  }

  get #styles(): readonly CSSResultOrNative[] {
    return (this.constructor as typeof LitElement).elementStyles;
  }

  protected override performUpdate(): void {
    const focused = this.shadowRoot?.activeElement ?? null;
    super.performUpdate();
    const isGone = focused?.getClientRects().length === 0;
    // A dialog that closes restores the focus itself.
    const active = this.shadowRoot?.activeElement ?? null;
    if (isGone && (active === null || active === focused)) this.onFocusLost();
  }

  /** Called after an update has removed the focused element. The event lets a parent set the focus. */
  protected onFocusLost(): void {
    this.fire('parking-focus-lost');
  }

  /** Returns a sentence as plain text. */
  protected text(key: MessageKey, params?: Params): string {
    return this.locale.text(key, params);
  }

  /** Returns a message as plain text; an empty text for null. */
  protected format(message: Message | null): string {
    return message === null ? '' : this.locale.format(message);
  }

  /** Returns a message or another value as HTML. */
  protected toHtml(value: Param): TemplateResult {
    return this.locale.toHtml(value);
  }

  /**
   * Fires an event that bubbles out of all shadow roots. Returns false if a listener has called
   * `preventDefault()`.
   */
  fire(type: string, detail?: unknown, cancelable = false): boolean {
    const init = { detail, bubbles: true, composed: true, cancelable };
    return this.dispatchEvent(new CustomEvent(type, init));
  }
}
