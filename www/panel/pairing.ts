import { css, html, type TemplateResult } from 'lit';
import { tokens } from '../element/tokens.ts';
import { PageElement } from './page-element.ts';
import { beginPairing, pollPairing, type Begun } from './relay.ts';

/** The pause after a failed request, in ms. */
export const retryMs = 5_000;

/** The page of a panel that is not paired. Shows a code, and how an administrator enters the code. */
export class ValetPairing extends PageElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        margin: 0 auto;
        max-width: 60rem;
        padding: clamp(1rem, 6vh, 5rem) clamp(1rem, 4vw, 3rem);
      }
      h1 {
        font-size: clamp(1.5rem, 4vw, 2.25rem);
        margin: 0 0 0.5rem;
      }
      p {
        font-size: 1.125rem;
        margin: 0 0 1rem;
      }
      .code {
        background: var(--tint);
        border-radius: var(--radius);
        display: flex;
        flex-wrap: wrap;
        font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
        font-size: clamp(2.75rem, 12vw, 7.5rem);
        font-weight: 700;
        gap: 0 0.5em;
        justify-content: center;
        letter-spacing: 0.06em;
        line-height: 1.3;
        margin: 1.5rem 0;
        min-height: 1.3em;
        padding: 0.15em 0.2em;
      }
      pre {
        background: var(--shade);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
        font-size: 1rem;
        margin: 0 0 1rem;
        overflow-wrap: anywhere;
        padding: 0.75rem 1rem;
        white-space: pre-wrap;
      }
      pre span {
        display: inline-block;
      }
      [role='alert']:not(:empty) {
        color: var(--alarm);
      }
    `,
  ];
  static override properties = {
    begun: { state: true },
    problem: { state: true },
    isRevoked: { attribute: false },
  };

  /** True if this panel had a token that was revoked or has expired. */
  declare isRevoked: boolean;
  declare protected begun: (Begun & { readonly endsAt: number }) | null;
  declare protected problem: string | null;

  constructor() {
    super();
    this.isRevoked = false;
    this.begun = null;
    this.problem = null;
  }

  /** Shows codes until the administrator enters one. Resolves to the token of this panel. */
  async pair(): Promise<string> {
    for (;;) {
      try {
        if (this.begun === null) {
          const begun = await beginPairing();
          this.begun = { ...begun, endsAt: Date.now() + begun.expiresInS * 1_000 };
        }
        this.problem = null;
        await wait(this.begun.intervalS * 1_000);
        const polled = await pollPairing(this.begun.device);
        if (polled.state === 'paired') return polled.token;
        if (polled.state === 'expired') this.begun = null;
      } catch (error) {
        this.problem = error instanceof Error ? error.message : String(error);
        await wait(retryMs);
      }
    }
  }

  protected override render(): TemplateResult {
    const code = this.begun?.code ?? '';
    return html`<main>
      <h1>${this.pageText('pair.title')}</h1>
      <p>${this.pageText(this.isRevoked ? 'pair.revoked' : 'pair.intro')}</p>
      <div
        class="code"
        role="img"
        aria-label=${this.pageText('pair.code', { code: code.split('').join(' ') })}
      >
        ${code.split('-').map((group) => html`<span>${group}</span>`)}
      </div>
      <p>${this.pageText('pair.command')}</p>
      <pre><span>valet-park pair ${code || '…'}</span> <span>--extension 34414</span> <span>--name Reception</span></pre>
      <p role="status">
        ${
          this.begun === null
            ? ''
            : this.pageText('pair.until', { time: this.locale.time(this.begun.endsAt) })
        }
      </p>
      <p role="alert">
        ${this.problem === null ? '' : this.pageHtml({ key: 'pair.failed', params: { text: this.problem } })}
      </p>
    </main>`;
  }
}

/** Resolves after `ms`. */
export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
