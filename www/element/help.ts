import { css, html, type TemplateResult } from 'lit';
import { dialogStyle } from './dialog.style.ts';
import { keyCommands, keyName, keyOf, usualKeys, type KeyCommand, type KeyMap } from './keys.ts';
import { Part } from './part.ts';
import { controls, tokens } from './tokens.ts';

/** The keys that are what they are: moving about is the same everywhere. */
const fixed = [
  ['1 … 9', 'key.slot'],
  ['Shift + 1 … 9', 'key.parkHere'],
  ['Enter', 'key.act'],
  ['← ↑ → ↓ Home End', 'key.move'],
  ['Esc', 'key.cancel'],
] as const;

/** Which key does what, and the way to change it. Fires `parking-set` with the changed keys. */
export class ValetHelp extends Part {
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
    taken: { state: true },
  };

  declare keys: KeyMap;
  /** Whether keys of a single character do anything. */
  declare characters: boolean;
  /** For which command a new key is to be pressed. */
  declare protected waiting: KeyCommand | null;
  declare protected taken: boolean;

  constructor() {
    super();
    this.keys = usualKeys;
    this.characters = true;
    this.waiting = null;
    this.taken = false;
  }

  protected override render(): TemplateResult {
    return html`
      <p class="quiet">${this.words('help.intro')}</p>
      <p role="status">${this.#status()}</p>
      <dl>
        ${fixed.map(
          ([key, what]) =>
            html`<dt><kbd>${key}</kbd></dt>
              <dd>${this.words(what)}</dd>`,
        )}
        ${keyCommands.map((command) => this.#command(command))}
      </dl>
    `;
  }

  #status(): string {
    if (this.taken) return this.words('help.taken');
    if (this.waiting !== null) return this.words('help.press');
    return this.characters ? '' : this.words('help.off');
  }

  #command(command: KeyCommand): TemplateResult {
    const what = this.words(`key.${command}`);
    const key = keyName(this.keys[command]);
    return html`<dt>
        <button
          aria-label=${this.words('help.change', { what, key })}
          aria-pressed=${this.waiting === command ? 'true' : 'false'}
          @click=${() => this.#wait(command)}
          @keydown=${this.#onKey}
          @blur=${() => this.#wait(null)}
        >
          <kbd>${key}</kbd>
        </button>
      </dt>
      <dd>${what}</dd>`;
  }

  #wait(command: KeyCommand | null): void {
    this.waiting = command;
    this.taken = false;
  }

  #onKey(event: KeyboardEvent): void {
    const { waiting } = this;
    if (waiting === null) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      return this.#wait(null);
    }
    const key = keyOf(event);
    if (key === null) return;
    event.preventDefault();
    event.stopPropagation();
    const owner = keyCommands.find((command) => this.keys[command] === key);
    this.taken =
      (owner !== undefined && owner !== waiting) || /^(?:Shift\+)?(?:Digit|Numpad)/.test(key);
    if (this.taken) return;
    this.waiting = null;
    this.fire('parking-set', { map: { [waiting]: key } });
  }
}
