import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PageTongue } from './page-part.ts';
import { PagePart } from './page-part.ts';
import { controls, tokens } from '../element/tokens.ts';
import type { Exchange, Wire } from './wire.ts';

/** The last requests and answers in full, newest first, exactly as they were. */
export class ValetWireLog extends PagePart {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: block;
      }
      header {
        align-items: center;
        display: flex;
        gap: 0.5rem;
        justify-content: space-between;
      }
      p {
        font-size: 0.875rem;
        margin: 0.375rem 0 0.75rem;
      }
      ol {
        display: grid;
        gap: 0.5rem;
        list-style: none;
        margin: 0;
        max-height: 32rem;
        overflow: auto;
        padding: 0;
      }
      li {
        background: var(--shade);
        border-radius: 8px;
        padding: 0.5rem 0.75rem;
      }
      li p,
      pre {
        font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
        font-size: 0.75rem;
        line-height: 1.5;
        margin: 0;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      .answer {
        border-top: 1px solid var(--line);
        margin-top: 0.375rem;
        padding-top: 0.375rem;
      }
      .line {
        font-weight: 600;
      }
      .refused {
        color: var(--alarm);
      }
      .took {
        float: inline-end;
        font-size: 0.75rem;
      }
    `,
  ];
  static override properties = { wire: { attribute: false } };

  declare wire: Wire;
  readonly #onChange = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.wire.addEventListener('change', this.#onChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.wire.removeEventListener('change', this.#onChange);
  }

  protected override render(): TemplateResult {
    const { exchanges } = this.wire;
    return html`
      <header>
        <h2 id="heading">${this.say('wire.title')}</h2>
        <button @click=${() => this.wire.clear()}>${this.say('wire.clear')}</button>
      </header>
      <p class="quiet">${this.say(exchanges.length === 0 ? 'wire.none' : 'wire.intro')}</p>
      <ol aria-labelledby="heading" tabindex="0" ?hidden=${exchanges.length === 0}>
        ${repeat(
          exchanges,
          ({ id }) => id,
          (exchange) => one(this.pageTongue, exchange),
        )}
      </ol>
    `;
  }
}

function one(tongue: PageTongue, exchange: Exchange): TemplateResult {
  const { method, path, sent, tookMs } = exchange;
  const took = tookMs === null ? '' : tongue.words('wire.took', { ms: tookMs });
  return html`<li>
    <div role="group" aria-label=${tongue.words('wire.request')}>
      <p class="line">${method} ${path}</p>
      ${body(tongue, sent)}
    </div>
    <div class="answer" role="group" aria-label=${tongue.words('wire.answer')}>
      <span class="took quiet">${took}</span>
      ${answer(tongue, exchange)}
    </div>
  </li>`;
}

function answer(tongue: PageTongue, exchange: Exchange): TemplateResult {
  const { status, received, stream, failure } = exchange;
  if (failure !== null) {
    return html`<p class="line refused">${tongue.words('wire.failed', { text: failure })}</p>`;
  }
  if (status === null) return html`<p class="quiet">${tongue.words('wire.waiting')}</p>`;
  return html`
    <p class="line ${status >= 400 ? 'refused' : ''}">${status}</p>
    ${stream ? html`<p class="quiet">${tongue.words('wire.stream')}</p>` : body(tongue, received)}
  `;
}

function body(tongue: PageTongue, text: string): TemplateResult {
  if (text === '') return html`<p class="quiet">${tongue.words('wire.emptyBody')}</p>`;
  return html`<pre>${text}</pre>`;
}
