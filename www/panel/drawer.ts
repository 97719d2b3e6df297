import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallView } from 'valet-park';
import type { Extension, PlayCall } from 'valet-park/server';
import { spoken, words, type Message, type MessageKey } from '../element/messages.ts';
import { fullName, who } from '../element/party.ts';
import { controls, tokens } from '../element/tokens.ts';
import { drawerStyle } from './drawer.style.ts';
import { answer, hangup, play, ring, setForward, type PlayState } from './play.ts';

const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const secondMs = 1000;
const minuteMs = 60 * secondMs;

/** People to ring with one press; their numbers are set aside for fiction or plainly made up. */
const people: readonly (readonly [name: string, number: string])[] = [
  ['Anna Petrova', '+7 495 123-45-67'],
  ['Jörg Weiß', '+49 30 23125 014'],
  ['Marie Dubois', '+33 1 99 00 12 34'],
  ['John Carter', '+44 20 7946 0123'],
];

/** The far end of every test call, and the clock of the switch: what the panel cannot do itself. */
export class ValetDrawer extends LitElement {
  static override styles = [tokens, controls, drawerStyle];
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
  declare protected failure: Message | null;
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
      <h2>${words('drawer.title')}</h2>
      <p class="quiet">${words('drawer.intro')}</p>
      <div role="alert">${this.failure === null ? '' : spoken(this.failure)}</div>
      ${this.#form()}
      <h3 id="calls">${words('drawer.calls')}</h3>
      ${
        calls === undefined || calls.length === 0
          ? html`<p class="quiet">${words('drawer.none')}</p>`
          : html`<ul aria-labelledby="calls">
              ${repeat(
                calls,
                ({ call }) => call,
                (call) => this.#call(call),
              )}
            </ul>`
      }
      ${this.state === null ? '' : this.#clock(this.state)}
    `;
  }

  #form(): TemplateResult {
    const [name, number] = people[0] ?? ['', ''];
    return html`<form autocomplete="off" @submit=${this.#onRing}>
      <label>${words('drawer.name')}<input name="name" .defaultValue=${name} /></label>
      <label>${words('drawer.number')}<input name="number" .defaultValue=${number} /></label>
      <button class="main">${words('drawer.ring', { number: this.extension.number })}</button>
    </form>`;
  }

  #call(call: PlayCall): TemplateResult {
    const party = { name: call.name, number: call.number, extension: null };
    const act = (key: 'answer' | 'leave', run: () => Promise<unknown>): TemplateResult =>
      html`<button
        aria-label=${words(`drawer.${key}Who`, { who: fullName(party) })}
        @click=${() => this.#play(run)}
      >
        ${words(`drawer.${key}`)}
      </button>`;
    return html`<li>
      <span class="who">
        <bdi>${who(party).name}</bdi>
        <span class="quiet">${spoken(stateOf(call))}</span>
      </span>
      ${call.state === 'ringing' ? act('answer', () => answer(call.call)) : ''}
      ${act('leave', () => hangup(call.call))}
    </li>`;
  }

  #clock({ now, patienceMs }: PlayState): TemplateResult {
    const forward = (key: MessageKey, n: number, unitMs: number): TemplateResult =>
      html`<button @click=${() => this.#play(() => setForward(n * unitMs))}>
        ${words(key, { n })}
      </button>`;
    return html`
      <h3>${words('drawer.clock')}</h3>
      <p>${words('drawer.clockNow', { time: timeOfDay.format(now) })}</p>
      <div class="forward">
        ${forward('drawer.forwardSeconds', 10, secondMs)}
        ${forward('drawer.forwardMinutes', 1, minuteMs)}
        ${forward('drawer.forwardMinutes', 3, minuteMs)}
      </div>
      <p class="quiet">${words('drawer.clockHint', { m: Math.round(patienceMs / minuteMs) })}</p>
    `;
  }

  #onRing(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const said = new FormData(form);
    const [name, number] = [String(said.get('name')), String(said.get('number'))];
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

function stateOf({ state, slot }: PlayCall): Message {
  if (state === 'parked' && slot !== null) return { key: 'call.parked', params: { n: slot } };
  if (state === 'parked') return { key: 'call.parkedSomewhere' };
  if (state === 'bridged') return { key: 'drawer.bridged' };
  return { key: state === 'ringing' ? 'call.ringing' : 'call.talking' };
}
