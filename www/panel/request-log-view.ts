import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { controls, tokens } from '../element/tokens.ts';
import { PageElement, type PageLocale } from './page-element.ts';
import type { Exchange, RequestLog } from './request-log.ts';

/** The last requests and their answers in full, newest first. */
export class ValetRequestLog extends PageElement {
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
  static override properties = { log: { attribute: false } };

  declare log: RequestLog;
  readonly #onChange = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.log.addEventListener('change', this.#onChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.log.removeEventListener('change', this.#onChange);
  }

  protected override render(): TemplateResult {
    const { exchanges } = this.log;
    return html`
      <header>
        <h2 id="heading">${this.pageText('log.title')}</h2>
        <button @click=${() => this.log.clear()}>${this.pageText('log.clear')}</button>
      </header>
      <p class="quiet">${this.pageText(exchanges.length === 0 ? 'log.none' : 'log.intro')}</p>
      <ol aria-labelledby="heading" tabindex="0" ?hidden=${exchanges.length === 0}>
        ${repeat(
          exchanges,
          ({ id }) => id,
          (exchange) => one(this.pageLocale, exchange),
        )}
      </ol>
    `;
  }
}

function one(locale: PageLocale, exchange: Exchange): TemplateResult {
  const { method, path, sent, tookMs } = exchange;
  const duration = tookMs === null ? '' : locale.text('log.took', { ms: tookMs });
  return html`<li>
    <div role="group" aria-label=${locale.text('log.request')}>
      <p class="line">${method} ${path}</p>
      ${body(locale, sent)}
    </div>
    <div class="answer" role="group" aria-label=${locale.text('log.answer')}>
      <span class="took quiet">${duration}</span>
      ${answer(locale, exchange)}
    </div>
  </li>`;
}

function answer(locale: PageLocale, exchange: Exchange): TemplateResult {
  const { status, received, stream, failure } = exchange;
  if (failure !== null) {
    return html`<p class="line refused">${locale.text('log.failed', { text: failure })}</p>`;
  }
  if (status === null) return html`<p class="quiet">${locale.text('log.waiting')}</p>`;
  return html`
    <p class="line ${status >= 400 ? 'refused' : ''}">${status}</p>
    ${stream ? html`<p class="quiet">${locale.text('log.stream')}</p>` : body(locale, received)}
  `;
}

function body(locale: PageLocale, text: string): TemplateResult {
  if (text === '') return html`<p class="quiet">${locale.text('log.emptyBody')}</p>`;
  return html`<pre>${text}</pre>`;
}
