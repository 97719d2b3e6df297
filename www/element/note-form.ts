import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { longest, type NoteInput, type NoteRequest, type NoteTarget } from './note-editor.ts';
import { PanelElement } from './panel-element.ts';
import { controls, fields, tokens } from './tokens.ts';

/**
 * The two fields of a note: for whom the call is, and what to know about it. Enter saves them, and
 * Escape leaves them.
 *
 * Fires `parking-note` with a `NoteRequest`, and `parking-note-leave`. If the fields get another call, fires
 * `parking-note-draft` with a `NoteRequest` that holds what was typed and not saved.
 */
export class ValetNoteForm extends PanelElement {
  static override styles = [
    tokens,
    controls,
    fields,
    css`
      form {
        display: grid;
        gap: 8px;
        grid-template-columns: minmax(6rem, 1fr) minmax(8rem, 2fr) auto;
      }
      label {
        display: contents;
      }
      input {
        min-width: 0;
        width: 100%;
      }
      svg {
        display: none;
        fill: none;
        height: 20px;
        stroke: currentcolor;
        stroke-width: 2;
        width: 20px;
      }
      /* On a phone, a sign takes the place of "Save", so that the fields are wide enough. */
      @container notice (width < 30rem) {
        form {
          gap: 4px;
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) var(--target);
        }
        button {
          padding: 0;
        }
        .word {
          display: none;
        }
        svg {
          display: inline;
        }
      }
    `,
  ];
  static override properties = {
    target: { attribute: false },
    value: { attribute: false },
    takesFocus: { attribute: false },
  };

  /** The call whose note this is. */
  declare target: NoteTarget | null;
  /** The note as it is stored. What a person has typed is kept while the call stays the same. */
  declare value: NoteInput;
  /** True if the first field takes the focus when the fields appear. */
  declare takesFocus: boolean;

  /** The note that was saved last. */
  #sent: NoteInput = { for: '', note: '' };

  constructor() {
    super();
    this.target = null;
    this.value = { for: '', note: '' };
    this.takesFocus = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const target = changed.get('target');
    if (!target || !this.hasUpdated) return;
    const [input, value] = [this.#input(), changed.get('value') ?? this.value];
    const isTouched = !isSame(input, value) && !isSame(input, this.#sent);
    if (isTouched) this.fire('parking-note-draft', { target, input } satisfies NoteRequest);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The form keeps the typed text when another desk changes the note.
    for (const field of this.#fields()) {
      const name = field.name as 'for' | 'note';
      const isTouched = field.value !== (changed.get('value') ?? this.value)[name];
      if (changed.has('target') || !isTouched) field.value = this.value[name];
    }
    const isOpened = changed.has('takesFocus') || changed.has('target');
    if (this.takesFocus && isOpened) this.#fields()[0]?.focus();
  }

  protected override render(): TemplateResult {
    const field = (name: 'for' | 'note', key: 'note.forField' | 'note.textField'): TemplateResult =>
      html`<label
        ><input
          name=${name}
          aria-label=${this.text(key)}
          placeholder=${this.text(key)}
          maxlength=${longest}
          autocomplete="off"
          dir="auto"
      /></label>`;
    return html`<form @submit=${this.#onSubmit} @keydown=${this.#onKey}>
      ${field('for', 'note.forField')} ${field('note', 'note.textField')}
      <button class="soft" aria-label=${this.text('note.save')}>
        <span class="word">${this.text('note.save')}</span>
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="m4 11 4 4 8-10" /></svg>
      </button>
    </form>`;
  }

  #fields(): readonly HTMLInputElement[] {
    return [...this.renderRoot.querySelectorAll('input')];
  }

  #input(): NoteInput {
    const [whom, note] = this.#fields().map(({ value }) => value.trim());
    return { for: whom ?? '', note: note ?? '' };
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const { target } = this;
    if (target === null) return;
    this.#sent = this.#input();
    this.fire('parking-note', { target, input: this.#sent } satisfies NoteRequest);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.fire('parking-note-leave');
  }
}

function isSame(a: NoteInput, b: NoteInput): boolean {
  return a.for === b.for && a.note === b.note;
}
