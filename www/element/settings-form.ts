import { css, html, type TemplateResult } from 'lit';
import {
  audioOutputs,
  canChooseOutput,
  notificationPermission,
  type AudioOutput,
} from './browser-features.ts';
import { dialogStyle } from './dialog.style.ts';
import { languageNames } from './languages.ts';
import type { MessageKey } from './messages.ts';
import { PanelElement } from './panel-element.ts';
import {
  choices,
  defaultSettings,
  type SettingName,
  type Settings,
  type TextName,
} from './settings.ts';
import type { Cue } from './sound.ts';
import { controls, fields, tokens } from './tokens.ts';

/** The settings with a list. */
type ListName = (typeof lists)[keyof typeof lists][number];
const lists = {
  panel: ['layout', 'order', 'size', 'theme'],
  work: ['confirm', 'alerts'],
  sound: ['instrument'],
} as const;

/** The settings with a check box. */
type SwitchName = 'sound' | 'forMe' | 'notify' | 'keys';

/** The sounds that can be tested. */
const cues = ['due', 'returned', 'forMe'] as const satisfies readonly Cue[];

/**
 * The form for the settings. Fires `parking-settings` with the chosen settings, or with null to reset
 * them; `parking-test-sound` with the name of a sound; and `parking-report` to save a report.
 */
export class ValetSettings extends PanelElement {
  static override styles = [
    tokens,
    controls,
    fields,
    dialogStyle,
    css`
      h3:first-child {
        margin-top: 0;
      }
      label {
        margin-block: 0.25rem;
      }
      select,
      input:not([type='checkbox']) {
        flex: 0 1 18rem;
        min-width: 0;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        margin-top: 0.5rem;
      }
      .report {
        margin: 0 0 0.5rem;
      }
      .reset {
        margin-top: 1.25rem;
      }
    `,
  ];
  static override properties = {
    settings: { attribute: false },
    canReport: { attribute: false },
    outputs: { state: true },
  };

  declare settings: Settings;
  /** True if there is a client, and so a report to save. */
  declare canReport: boolean;
  /** The devices that can play the sounds. */
  declare protected outputs: readonly AudioOutput[];

  #stopping = new AbortController();

  constructor() {
    super();
    this.settings = defaultSettings;
    this.canReport = false;
    this.outputs = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    const read = async (): Promise<void> => void (this.outputs = await audioOutputs());
    void read();
    if (!canChooseOutput()) return;
    // `mediaDevices` is missing on a page without HTTPS.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', () => void read(), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopping.abort();
  }

  protected override render(): TemplateResult {
    const isDenied = notificationPermission() === 'denied';
    return html`
      <h3>${this.text('settings.panel')}</h3>
      ${this.#languages()} ${lists.panel.map((name) => this.#list(name))} ${this.#switch('keys')}
      <h3>${this.text('settings.work')}</h3>
      ${lists.work.map((name) => this.#list(name))}
      <label>
        <span>${this.text('settings.myNames')}</span>
        <input
          .value=${this.settings.myNames}
          maxlength="200"
          autocomplete="off"
          @change=${(event: Event) => this.#onChange('myNames', event)}
        />
      </label>
      ${this.#switch('forMe')} ${this.#switch('notify')}
      ${isDenied ? html`<p class="quiet">${this.text('settings.notifyDenied')}</p>` : ''}
      ${this.#sound()}
      <h3>${this.text('settings.help')}</h3>
      <p class="quiet report" id="report">${this.text('settings.report')}</p>
      <button
        aria-describedby="report"
        ?disabled=${!this.canReport}
        @click=${() => this.fire('parking-report')}
      >
        ${this.text('act.report')}
      </button>
      <div class="buttons reset">
        <button @click=${() => this.fire('parking-settings', null)}>
          ${this.text('settings.reset')}
        </button>
      </div>
    `;
  }

  #sound(): TemplateResult {
    return html`<h3>${this.text('settings.sounds')}</h3>
      ${this.#switch('sound')} ${lists.sound.map((name) => this.#list(name))}
      <label>
        <span>${this.text('settings.volume')}</span>
        <input
          type="range"
          min="1"
          max="10"
          .value=${this.settings.volume}
          @change=${(event: Event) => this.#onChange('volume', event)}
        />
      </label>
      ${this.#outputs()}
      <div class="buttons" role="group" aria-label=${this.text('settings.soundTest')}>
        ${cues.map(
          (cue) =>
            html`<button @click=${() => this.fire('parking-test-sound', cue)}>
              ▶ ${this.text(`settings.cue.${cue}`)}
            </button>`,
        )}
      </div>`;
  }

  #outputs(): TemplateResult | string {
    const { output } = this.settings;
    if (!canChooseOutput()) return '';
    if (this.outputs.length === 0 && output === '') {
      return html`<p class="quiet">${this.text('settings.outputHint')}</p>`;
    }
    const isMissing = output !== '' && !this.outputs.some(({ id }) => id === output);
    return this.#select('output', [
      ['', this.text('settings.outputDefault')],
      ...this.outputs.map(({ id, name }) => [id, name] as const),
      ...(isMissing ? [[output, this.text('settings.outputMissing')] as const] : []),
    ]);
  }

  #list(name: ListName): TemplateResult {
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
    name: ListName | 'language' | 'output',
    options: readonly (readonly [choice: string, name: string])[],
  ): TemplateResult {
    return html`<label>
      <span>${this.text(`settings.${name}`)}</span>
      <select @change=${(event: Event) => this.#onChange(name, event)}>
        ${options.map(
          ([choice, shown]) =>
            html`<option value=${choice} .selected=${choice === this.settings[name]}>
              ${shown}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #switch(name: SwitchName): TemplateResult {
    return html`<label>
      <span>${this.text(`settings.${name}`)}</span>
      <input
        type="checkbox"
        .checked=${this.settings[name] === 'on'}
        @change=${(event: Event) => this.#onChange(name, event)}
      />
    </label>`;
  }

  #onChange(name: SettingName | TextName, { target }: Event): void {
    if (target instanceof HTMLSelectElement)
      this.fire('parking-settings', { [name]: target.value });
    if (target instanceof HTMLInputElement) {
      const isSwitch = target.type === 'checkbox';
      const value = isSwitch ? (target.checked ? 'on' : 'off') : target.value;
      this.fire('parking-settings', { [name]: value });
    }
  }
}
