import { css, html, type TemplateResult } from 'lit';
import { dialogStyle } from './dialog.style.ts';
import type { MessageKey } from './messages.ts';
import { PanelElement } from './panel-element.ts';
import { choices, defaultSettings, type SettingName, type Settings } from './settings.ts';
import { notificationPermission } from './browser-features.ts';
import { controls, fields, tokens } from './tokens.ts';
import { languageNames } from './languages.ts';

/** The settings with a check box. The others have a list. */
const switches = ['sound', 'notify', 'keys'] as const;
const lists = ['confirm', 'alerts', 'layout', 'order', 'size', 'theme'] as const;

/**
 * The form for the settings. Fires `parking-settings` with the chosen settings, or with null to reset
 * them; `parking-test-sound`; and `parking-report` to save a report.
 */
export class ValetSettings extends PanelElement {
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
      .report {
        margin: 1.25rem 0 0.5rem;
      }
    `,
  ];
  static override properties = {
    settings: { attribute: false },
    canReport: { attribute: false },
  };

  declare settings: Settings;
  /** True if there is a client, and so a report to save. */
  declare canReport: boolean;

  constructor() {
    super();
    this.settings = defaultSettings;
    this.canReport = false;
  }

  protected override render(): TemplateResult {
    const isDenied = notificationPermission() === 'denied';
    return html`
      ${lists.map((name) => this.#list(name))} ${this.#languages()}
      ${switches.map((name) => this.#switch(name))}
      ${isDenied ? html`<p class="quiet">${this.text('settings.notifyDenied')}</p>` : ''}
      <div class="buttons">
        <button @click=${() => this.fire('parking-test-sound')}>
          ${this.text('settings.soundTest')}
        </button>
        <button @click=${() => this.fire('parking-settings', null)}>
          ${this.text('settings.reset')}
        </button>
      </div>
      <p class="quiet report" id="report">${this.text('settings.report')}</p>
      <button
        aria-describedby="report"
        ?disabled=${!this.canReport}
        @click=${() => this.fire('parking-report')}
      >
        ${this.text('act.report')}
      </button>
    `;
  }

  #list(name: (typeof lists)[number]): TemplateResult {
    const nameOf = (choice: string): string =>
      this.text(`settings.${name}.${choice}` as MessageKey);
    return this.#select(
      name,
      choices[name].map((choice) => [choice, nameOf(choice)]),
    );
  }

  #languages(): TemplateResult {
    return this.#select('language', [
      ['auto', this.text('settings.language.auto')],
      ...languageNames(),
    ]);
  }

  /** A list with its choices, each with its name. */
  #select(
    name: (typeof lists)[number] | 'language',
    options: readonly (readonly [choice: string, name: string])[],
  ): TemplateResult {
    return html`<label>
      <span>${this.text(`settings.${name}`)}</span>
      <select @change=${(event: Event) => this.#onChange(name, event)}>
        ${options.map(
          ([choice, text]) =>
            html`<option value=${choice} .selected=${choice === this.settings[name]}>
              ${text}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #switch(name: (typeof switches)[number]): TemplateResult {
    return html`<label>
      <span>${this.text(`settings.${name}`)}</span>
      <input
        type="checkbox"
        .checked=${this.settings[name] === 'on'}
        @change=${(event: Event) => this.#onChange(name, event)}
      />
    </label>`;
  }

  #onChange(name: SettingName | 'language', { target }: Event): void {
    if (target instanceof HTMLSelectElement)
      this.fire('parking-settings', { [name]: target.value });
    if (target instanceof HTMLInputElement) {
      this.fire('parking-settings', { [name]: target.checked ? 'on' : 'off' });
    }
  }
}
