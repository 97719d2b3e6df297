import { css, html, type TemplateResult } from 'lit';
import { dialogStyle } from './dialog.style.ts';
import type { MessageKey } from './messages.ts';
import { Part } from './part.ts';
import { choices, usual, type SettingName, type Settings } from './settings.ts';
import { noticePermission } from './refusals.ts';
import { controls, fields, tokens } from './tokens.ts';
import { languages } from './tongue.ts';

/** The settings that are switched on and off; the others are chosen from a list. */
const switches = ['sound', 'notify', 'keys'] as const;
const lists = ['confirm', 'alerts', 'layout', 'order', 'size', 'theme', 'language'] as const;

/** How somebody likes the panel. Fires `parking-set` with what was chosen, or null for a reset. */
export class ValetSettings extends Part {
  static override styles = [
    tokens,
    controls,
    fields,
    dialogStyle,
    css`
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        margin-top: 1rem;
      }
    `,
  ];
  static override properties = { settings: { attribute: false } };

  declare settings: Settings;

  constructor() {
    super();
    this.settings = usual;
  }

  protected override render(): TemplateResult {
    const isDenied = noticePermission() === 'denied';
    return html`
      ${lists.map((name) => this.#list(name))} ${switches.map((name) => this.#switch(name))}
      ${isDenied ? html`<p class="quiet">${this.words('settings.notifyDenied')}</p>` : ''}
      <div class="buttons">
        <button @click=${() => this.fire('parking-try-sound')}>
          ${this.words('settings.soundTest')}
        </button>
        <button @click=${() => this.fire('parking-set', null)}>
          ${this.words('settings.reset')}
        </button>
      </div>
    `;
  }

  #list(name: (typeof lists)[number]): TemplateResult {
    return html`<label>
      <span>${this.words(`settings.${name}`)}</span>
      <select @change=${(event: Event) => this.#onChange(name, event)}>
        ${choices[name].map(
          (choice) =>
            html`<option value=${choice} .selected=${choice === this.settings[name]}>
              ${this.#nameOf(name, choice)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #nameOf(name: (typeof lists)[number], choice: string): string {
    const own = name === 'language' ? languages.find(([tag]) => tag === choice)?.[1] : undefined;
    return own ?? this.words(`settings.${name}.${choice}` as MessageKey);
  }

  #switch(name: (typeof switches)[number]): TemplateResult {
    return html`<label>
      <span>${this.words(`settings.${name}`)}</span>
      <input
        type="checkbox"
        .checked=${this.settings[name] === 'on'}
        @change=${(event: Event) => this.#onChange(name, event)}
      />
    </label>`;
  }

  #onChange(name: SettingName, { target }: Event): void {
    if (target instanceof HTMLSelectElement) this.fire('parking-set', { [name]: target.value });
    if (target instanceof HTMLInputElement) {
      this.fire('parking-set', { [name]: target.checked ? 'on' : 'off' });
    }
  }
}
