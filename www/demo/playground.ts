import { html, type TemplateResult } from 'lit';
import type { ValetPark } from 'valet-park';
import { controls, fields, tokens } from '../element/tokens.ts';
import { PageElement } from '../panel/page-element.ts';
import { examples, type Example } from './examples.ts';
import { textsIn } from './messages.ts';
import { playgroundStyle } from './playground.style.ts';
import { run, textOf } from './run.ts';
import { telephonesOf, type Telephones } from './telephones.ts';

/** One line of the output. */
interface Line {
  readonly text: string;
  readonly isFailure: boolean;
}

/** Example programs beside the panel. A person can change and run them. */
export class ValetPlayground extends PageElement {
  static override styles = [tokens, controls, fields, playgroundStyle];
  static override properties = {
    example: { state: true },
    lines: { state: true },
    isRunning: { state: true },
  };

  declare protected example: Example;
  declare protected lines: readonly Line[];
  declare protected isRunning: boolean;
  readonly #park: ValetPark;
  readonly #telephones: Telephones;

  constructor(park: ValetPark, extension: string) {
    super();
    this.#park = park;
    this.#telephones = telephonesOf(extension);
    this.example = 'park';
    this.lines = [];
    this.isRunning = false;
  }

  protected override render(): TemplateResult {
    const texts = textsIn(this.locale.language);
    return html`
      <h2 id="title">${texts.title}</h2>
      <p class="quiet" id="intro">${texts.intro}</p>
      <div class="row">
        <select aria-label=${texts.example} @change=${this.#onChoose}>
          ${Object.keys(examples).map(
            (name) =>
              html`<option value=${name} .selected=${name === this.example}>
                ${texts[`example.${name as Example}`]}
              </option>`,
          )}
        </select>
        <button class="main" ?disabled=${this.isRunning} @click=${() => void this.#run()}>
          ${this.isRunning ? texts.running : texts.run}
        </button>
      </div>
      <textarea
        aria-label=${texts.code}
        aria-describedby="intro"
        autocapitalize="off"
        autocomplete="off"
        spellcheck="false"
        lang="en"
        .value=${examples[this.example]}
        @keydown=${this.#onKey}
      ></textarea>
      <output aria-label=${texts.output} aria-live="polite"
        >${this.lines.map(
          ({ text, isFailure }) => html`<div class=${isFailure ? 'failed' : ''}>${text}</div>`,
        )}</output
      >
    `;
  }

  readonly #onChoose = ({ target }: Event): void => {
    this.example = (target as HTMLSelectElement).value as Example;
    this.lines = [];
    // The person may have changed the program, and may choose the same example again.
    this.#program.value = examples[this.example];
  };

  /** Ctrl or Command with Enter runs the program. The keys of the panel have no effect here. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') event.stopPropagation();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#run();
  };

  get #program(): HTMLTextAreaElement {
    return this.renderRoot.querySelector('textarea') as HTMLTextAreaElement;
  }

  async #run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    this.lines = [];
    const log = (...values: readonly unknown[]): void => {
      this.#print(values.map(textOf).join(' '), false);
    };
    try {
      await run(this.#program.value, { park: this.#park, pbx: this.#telephones, log });
      this.#print(textsIn(this.locale.language).done, false);
    } catch (error) {
      this.#print(textOf(error), true);
    } finally {
      this.isRunning = false;
    }
  }

  #print(text: string, isFailure: boolean): void {
    this.lines = [...this.lines, { text, isFailure }];
  }
}
