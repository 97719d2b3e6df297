import { html, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView } from 'valet-park';
import type { Extension, PlayCall } from 'valet-park/server';
import type { Message } from '../element/messages.ts';
import { fullName, partyText } from '../element/party.ts';
import { controls, fields, tokens } from '../element/tokens.ts';
import { drawerStyle } from './drawer.style.ts';
import { PageElement, type PageKey } from './page-element.ts';
import { answer, hangup, play, ring, setFaults, setForward, type PlayState } from './play.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;

/** Example callers. Their numbers are reserved for fiction, or invented. */
const callers: readonly (readonly [name: string, number: string])[] = [
  ['Anna Petrova', '+7 495 123-45-67'],
  ['Jörg Weiß', '+49 30 23125 014'],
  ['Marie Dubois', '+33 1 99 00 12 34'],
  ['John Carter', '+44 20 7946 0123'],
];

/** The presets of faults that the switch knows. */
const presets = ['calm', 'rough', 'storm'] as const;

/** Test calls: their callers, the clock of the switch, and its faults. */
export class ValetDrawer extends PageElement {
  static override styles = [tokens, controls, fields, drawerStyle];
  static override properties = {
    extensions: { attribute: false },
    calls: { attribute: false },
    state: { state: true },
    failure: { state: true },
  };

  /** The extensions of this panel. Each has a button that rings it. */
  declare extensions: readonly Extension[];
  /** The calls of the client. When they change, the drawer reads the calls of the switch. */
  declare calls: readonly CallView[];
  declare protected state: PlayState | null;
  declare protected failure: Message<PageKey> | null;
  /** The number of example callers that have rung. */
  #ringCount = 0;
  /** How many times the drawer has begun to read the state. */
  #readCount = 0;

  constructor() {
    super();
    this.calls = [];
    this.state = null;
    this.failure = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('calls')) void this.#play(async () => {});
  }

  protected override render(): TemplateResult {
    const calls = this.state?.calls.filter(
      ({ state, extension }) =>
        state !== 'gone' && this.extensions.some(({ id }) => id === extension),
    );
    return html`
      <h2>${this.pageText('drawer.title')}</h2>
      <p class="quiet">${this.pageText('drawer.intro')}</p>
      <div role="alert">${this.failure === null ? '' : this.pageHtml(this.failure)}</div>
      ${this.#form()}
      <h3 id="calls">${this.pageText('drawer.calls')}</h3>
      ${
        calls === undefined || calls.length === 0
          ? html`<p class="quiet">${this.pageText('drawer.none')}</p>`
          : html`<ul aria-labelledby="calls">
              ${repeat(
                calls,
                ({ call }) => call,
                (call) => this.#call(call),
              )}
            </ul>`
      }
      ${this.state === null ? '' : this.#clock(this.state)}
      ${this.state === null ? '' : this.#faults(this.state)}
    `;
  }

  /** Moves the focus of a removed button to the next call, or to the form. */
  protected override onFocusLost(): void {
    this.renderRoot.querySelector<HTMLElement>('li button, form button')?.focus();
  }

  /** Lets the next example caller ring the first extension. */
  async ring(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('form')?.requestSubmit();
  }

  #form(): TemplateResult {
    const [name, number] = callers[0] ?? ['', ''];
    return html`<form autocomplete="off" @submit=${this.#onRing}>
      <label>${this.pageText('drawer.name')}<input name="name" .defaultValue=${name} /></label>
      <label
        >${this.pageText('drawer.number')}<input name="number" .defaultValue=${number}
      /></label>
      ${this.extensions.map(
        ({ id, number }) =>
          html`<button class="main" value=${id}>
            ${this.pageText('drawer.ring', { number })}
          </button>`,
      )}
    </form>`;
  }

  #call(call: PlayCall): TemplateResult {
    const party = { name: call.name, number: call.number, extension: null };
    const act = (key: 'answer' | 'leave', run: () => Promise<unknown>): TemplateResult =>
      html`<button
        aria-label=${this.pageText(`drawer.${key}Who`, { who: fullName(this.locale, party) })}
        @click=${() => this.#play(run)}
      >
        ${this.pageText(`drawer.${key}`)}
      </button>`;
    return html`<li>
      <span class="who">
        <bdi>${partyText(this.locale, party).name}</bdi>
        <span class="quiet">${this.pageHtml(stateOf(call))}</span>
      </span>
      ${call.state === 'ringing' ? act('answer', () => answer(call.call)) : ''}
      ${act('leave', () => hangup(call.call))}
    </li>`;
  }

  #clock({ now, patienceMs }: PlayState): TemplateResult {
    const forward = (key: PageKey, n: number, unitMs: number): TemplateResult =>
      html`<button @click=${() => this.#play(() => setForward(n * unitMs))}>
        ${this.pageText(key, { n })}
      </button>`;
    return html`
      <h3>${this.pageText('drawer.clock')}</h3>
      <p>${this.pageText('drawer.clockNow', { time: this.locale.time(now) })}</p>
      <div class="forward">
        ${forward('drawer.forwardSeconds', 10, secondMs)}
        ${forward('drawer.forwardMinutes', 1, minuteMs)}
        ${forward('drawer.forwardMinutes', 3, minuteMs)}
      </div>
      <p class="quiet">
        ${this.pageText('drawer.clockHint', { m: Math.round(patienceMs / minuteMs) })}
      </p>
    `;
  }

  #faults({ preset }: PlayState): TemplateResult {
    return html`
      <h3 id="faults">${this.pageText('faults.title')}</h3>
      <select
        aria-labelledby="faults"
        @change=${({ target }: Event) => {
          const faults = (target as HTMLSelectElement).value;
          void this.#play(() => setFaults(faults));
        }}
      >
        ${presets.map(
          (name) =>
            html`<option value=${name} .selected=${name === preset}>
              ${this.pageText(`faults.${name}`)}
            </option>`,
        )}
      </select>
    `;
  }

  #onRing(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const fields = new FormData(form);
    const textOf = (name: string): string => {
      const value = fields.get(name);
      return typeof value === 'string' ? value : '';
    };
    const [name, number] = [textOf('name'), textOf('number')];
    const extension = event.submitter?.getAttribute('value') ?? this.extensions[0]?.id ?? '';
    void this.#play(async () => {
      await ring(extension, number, name);
      this.#suggest(form);
    });
  }

  /** Proposes the next example caller, unless the person has typed another name or number. */
  #suggest(form: HTMLFormElement): void {
    const inputs = [...form.querySelectorAll('input')];
    if (inputs.some((input) => input.value !== input.defaultValue)) return;
    const next = callers[++this.#ringCount % callers.length] ?? [];
    inputs.forEach((input, at) => (input.defaultValue = next[at] ?? ''));
  }

  /** Runs an action and reads the new state. A late answer does not replace a newer state. */
  async #play(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      const count = ++this.#readCount;
      const state = await play();
      if (count === this.#readCount) this.state = state;
      this.failure = null;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.failure = { key: 'drawer.failed', params: { text } };
    }
  }
}

function stateOf({ state, slot }: PlayCall): Message<PageKey> {
  if (state === 'parked' && slot !== null) return { key: 'call.parked', params: { n: slot } };
  if (state === 'parked') return { key: 'call.parkedSomewhere' };
  if (state === 'bridged') return { key: 'drawer.bridged' };
  return { key: state === 'ringing' ? 'call.ringing' : 'call.talking' };
}
