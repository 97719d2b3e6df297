import { html, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView } from 'valet-park';
import type { Extension, PlayCall } from 'valet-park/server';
import type { Message } from '../element/messages.ts';
import { fullName, who } from '../element/party.ts';
import { controls, fields, tokens } from '../element/tokens.ts';
import { drawerStyle } from './drawer.style.ts';
import { PagePart, type PageKey } from './page-part.ts';
import { answer, hangup, play, ring, setFaults, setForward, type PlayState } from './play.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;

/** People to ring with one press; their numbers are set aside for fiction or plainly made up. */
const people: readonly (readonly [name: string, number: string])[] = [
  ['Anna Petrova', '+7 495 123-45-67'],
  ['Jörg Weiß', '+49 30 23125 014'],
  ['Marie Dubois', '+33 1 99 00 12 34'],
  ['John Carter', '+44 20 7946 0123'],
];

/** What the line can be like. */
const presets = ['calm', 'rough', 'storm'] as const;

/** The far end of every test call, and the clock of the switch: what the panel cannot do itself. */
export class ValetDrawer extends PagePart {
  static override styles = [tokens, controls, fields, drawerStyle];
  static override properties = {
    extension: { attribute: false },
    calls: { attribute: false },
    state: { state: true },
    failure: { state: true },
  };

  /** The extension that is rung here. */
  declare extension: Extension;
  /** The calls as the panel has them: whenever they change, the switch is asked for its own. */
  declare calls: readonly CallView[];
  declare protected state: PlayState | null;
  declare protected failure: Message<PageKey> | null;
  #rung = 0;
  #asked = 0;

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
      ({ state, extension }) => state !== 'gone' && extension === this.extension.id,
    );
    return html`
      <h2>${this.say('drawer.title')}</h2>
      <p class="quiet">${this.say('drawer.intro')}</p>
      <div role="alert">${this.failure === null ? '' : this.spell(this.failure)}</div>
      ${this.#form()}
      <h3 id="calls">${this.say('drawer.calls')}</h3>
      ${
        calls === undefined || calls.length === 0
          ? html`<p class="quiet">${this.say('drawer.none')}</p>`
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

  /** Who was answered or is gone leaves the focus to the others, or to the next who calls. */
  protected override onFocusLost(): void {
    this.renderRoot.querySelector<HTMLElement>('li button, form button')?.focus();
  }

  #form(): TemplateResult {
    const [name, number] = people[0] ?? ['', ''];
    return html`<form autocomplete="off" @submit=${this.#onRing}>
      <label>${this.say('drawer.name')}<input name="name" .defaultValue=${name} /></label>
      <label>${this.say('drawer.number')}<input name="number" .defaultValue=${number} /></label>
      <button class="main">${this.say('drawer.ring', { number: this.extension.number })}</button>
    </form>`;
  }

  #call(call: PlayCall): TemplateResult {
    const party = { name: call.name, number: call.number, extension: null };
    const act = (key: 'answer' | 'leave', run: () => Promise<unknown>): TemplateResult =>
      html`<button
        aria-label=${this.say(`drawer.${key}Who`, { who: fullName(this.tongue, party) })}
        @click=${() => this.#play(run)}
      >
        ${this.say(`drawer.${key}`)}
      </button>`;
    return html`<li>
      <span class="who">
        <bdi>${who(this.tongue, party).name}</bdi>
        <span class="quiet">${this.spell(stateOf(call))}</span>
      </span>
      ${call.state === 'ringing' ? act('answer', () => answer(call.call)) : ''}
      ${act('leave', () => hangup(call.call))}
    </li>`;
  }

  #clock({ now, patienceMs }: PlayState): TemplateResult {
    const forward = (key: PageKey, n: number, unitMs: number): TemplateResult =>
      html`<button @click=${() => this.#play(() => setForward(n * unitMs))}>
        ${this.say(key, { n })}
      </button>`;
    return html`
      <h3>${this.say('drawer.clock')}</h3>
      <p>${this.say('drawer.clockNow', { time: this.tongue.time(now) })}</p>
      <div class="forward">
        ${forward('drawer.forwardSeconds', 10, secondMs)}
        ${forward('drawer.forwardMinutes', 1, minuteMs)}
        ${forward('drawer.forwardMinutes', 3, minuteMs)}
      </div>
      <p class="quiet">${this.say('drawer.clockHint', { m: Math.round(patienceMs / minuteMs) })}</p>
    `;
  }

  #faults({ preset }: PlayState): TemplateResult {
    return html`
      <h3 id="faults">${this.say('faults.title')}</h3>
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
              ${this.say(`faults.${name}`)}
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
    void this.#play(async () => {
      await ring(this.extension.id, number, name);
      this.#suggest(form);
    });
  }

  /** The next caller of a form that nobody has typed into is another person. */
  #suggest(form: HTMLFormElement): void {
    const inputs = [...form.querySelectorAll('input')];
    if (inputs.some((input) => input.value !== input.defaultValue)) return;
    const next = people[++this.#rung % people.length] ?? [];
    inputs.forEach((input, at) => (input.defaultValue = next[at] ?? ''));
  }

  /** Does something and asks what became of it. Of two askings only the later one is shown. */
  async #play(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      const asked = ++this.#asked;
      const state = await play();
      if (asked === this.#asked) this.state = state;
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
