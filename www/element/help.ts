import { css, html, type TemplateResult } from 'lit';
import { dialogStyle } from './dialog.style.ts';
import { keyCommands, keyName, keyOf, defaultKeys, type KeyCommand, type KeyMap } from './keys.ts';
import { PanelElement } from './panel-element.ts';
import { controls, tokens } from './tokens.ts';

/** The keys that cannot be changed. */
const fixed = [
  ['1 … 9', 'key.slot'],
  ['Shift + 1 … 9', 'key.parkHere'],
  ['Enter', 'key.act'],
  ['← ↑ → ↓ Home End', 'key.move'],
  ['Esc', 'key.cancel'],
] as const;

/** The list of keys, with a button to change each. Fires `parking-settings` with a changed key. */
export class ValetHelp extends PanelElement {
  static override styles = [
    tokens,
    controls,
    dialogStyle,
    css`
      dl {
        align-items: center;
        margin-top: 0.75rem;
      }
      kbd {
        font: inherit;
        font-weight: 600;
      }
    `,
  ];
  static override properties = {
    keys: { attribute: false },
    characters: { attribute: false },
    waiting: { state: true },
    isTaken: { state: true },
  };

  declare keys: KeyMap;
  /** True if single-character keys are switched on. */
  declare characters: boolean;
  /** The command that waits for a new key. */
  declare protected waiting: KeyCommand | null;
  /** True if the pressed key already has a command. */
  declare protected isTaken: boolean;

  constructor() {
    super();
    this.keys = defaultKeys;
    this.characters = true;
    this.waiting = null;
    this.isTaken = false;
  }

  protected override render(): TemplateResult {
    return html`
      <p class="quiet">${this.text('help.intro')}</p>
      <p role="status">${this.#status()}</p>
      <dl>
        ${fixed.map(
          ([key, effect]) =>
            html`<dt><kbd>${key}</kbd></dt>
              <dd>${this.text(effect)}</dd>`,
        )}
        ${keyCommands.map((command) => this.#command(command))}
      </dl>
    `;
  }

  #status(): string {
    if (this.isTaken) return this.text('help.taken');
    if (this.waiting !== null) return this.text('help.press');
    return this.characters ? '' : this.text('help.off');
  }

  #command(command: KeyCommand): TemplateResult {
    const effect = this.text(`key.${command}`);
    const key = keyName(this.keys[command]);
    return html`<dt>
        <button
          aria-label=${this.text('help.change', { what: effect, key })}
          aria-pressed=${this.waiting === command ? 'true' : 'false'}
          @click=${() => this.#waitFor(command)}
          @keydown=${this.#onKey}
          @blur=${() => this.#waitFor(null)}
        >
          <kbd>${key}</kbd>
        </button>
      </dt>
      <dd>${effect}</dd>`;
  }

  #waitFor(command: KeyCommand | null): void {
    this.waiting = command;
    this.isTaken = false;
  }

  #onKey(event: KeyboardEvent): void {
    const { waiting } = this;
    if (waiting === null) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      return this.#waitFor(null);
    }
    const key = keyOf(event);
    if (key === null) return;
    event.preventDefault();
    event.stopPropagation();
    const owner = keyCommands.find((command) => this.keys[command] === key);
    this.isTaken =
      (owner !== undefined && owner !== waiting) || /^(?:Shift\+)?(?:Digit|Numpad)/.test(key);
    if (this.isTaken) return;
    this.waiting = null;
    this.fire('parking-settings', { map: { [waiting]: key } });
  }
}
