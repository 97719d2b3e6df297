/** The sentences of the offline page. */
interface OfflineTexts {
  readonly title: string;
  readonly text: string;
  readonly retry: string;
}

/** The first language is the default. */
const languages: Readonly<Record<string, OfflineTexts>> = {
  en: {
    title: 'Offline',
    text:
      'The panel cannot reach its server. It shows no calls, because it cannot know them. ' +
      'It opens again as soon as the server answers.',
    retry: 'Try again',
  },
  ru: {
    title: 'Нет соединения',
    text:
      'Панель не может связаться с сервером. Она не показывает вызовов, потому что не знает их. ' +
      'Она откроется, как только сервер ответит.',
    retry: 'Повторить',
  },
  de: {
    title: 'Offline',
    text:
      'Das Panel erreicht seinen Server nicht. Es zeigt keine Anrufe, weil es sie nicht kennt. ' +
      'Es öffnet sich wieder, sobald der Server antwortet.',
    retry: 'Erneut versuchen',
  },
  fr: {
    title: 'Hors ligne',
    text:
      "Le panneau ne peut pas joindre son serveur. Il n'affiche aucun appel, car il ne les " +
      'connaît pas. Il se rouvrira dès que le serveur répondra.',
    retry: 'Réessayer',
  },
  es: {
    title: 'Sin conexión',
    text:
      'El panel no puede contactar con su servidor. No muestra llamadas, porque no las conoce. ' +
      'Se abrirá de nuevo en cuanto el servidor responda.',
    retry: 'Reintentar',
  },
  pt: {
    title: 'Sem conexão',
    text:
      'O painel não consegue acessar o servidor. Ele não mostra chamadas, porque não as conhece. ' +
      'Ele abrirá de novo assim que o servidor responder.',
    retry: 'Tentar novamente',
  },
  zh: {
    title: '离线',
    text: '面板无法连接服务器。它无法得知通话情况，因此不显示任何通话。服务器一有响应，面板就会重新打开。',
    retry: '重试',
  },
  ar: {
    title: 'غير متصل',
    text: 'لا يمكن للوحة الوصول إلى خادمها. لا تعرض أي مكالمات لأنها لا تعرفها. ستفتح مجددًا عندما يجيب الخادم.',
    retry: 'إعادة المحاولة',
  },
};

/** Lets only the style and the script of the offline page run. */
const policy =
  "default-src 'none'; style-src 'nonce-offline'; script-src 'nonce-offline'; connect-src 'self'";

const style = `
  :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
  body { background: light-dark(#ffffff, #15191e); color: light-dark(#1c2128, #e6e9ed); margin: 0 auto;
    max-width: 34rem; padding: clamp(2rem, 12vh, 8rem) 1.5rem; }
  main { display: grid; gap: 1rem; justify-items: start; }
  p { margin: 0; }
  h1 { font-size: 2rem; margin: 0; }
  a { background: light-dark(#0b5cad, #7ab7ff); border-radius: 8px; color: light-dark(#ffffff, #0b1a2b);
    font-weight: 600; padding: 0.75rem 1.25rem; text-decoration: none; }
  a:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
`;

/** Opens the page again when the server answers. */
const script = `
  const retry = () => fetch('panel.json', { cache: 'no-store' })
    .then(({ ok }) => ok && location.reload(), () => {});
  setInterval(retry, 5000);
  addEventListener('online', retry);
`;

/**
 * Returns the page for a panel whose server does not answer. The page is in the language that the
 * address names, else in the first known language of the browser.
 */
export function offlinePage(address: string, preferred: readonly string[]): Response {
  const asked = new URL(address).searchParams.get('lang');
  const tags = [asked, ...preferred].map((tag) => (tag ?? '').split('-')[0] ?? '');
  const language = tags.find((tag) => Object.hasOwn(languages, tag)) ?? 'en';
  const { title, text, retry } = languages[language] as OfflineTexts;
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  const body = `<!doctype html>
<html lang="${language}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="offline">${style}</style>
<main><h1>${title}</h1><p>${text}</p><a href="">${retry}</a></main>
<script nonce="offline">${script}</script>
</html>`;
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy };
  return new Response(body, { status: 503, headers });
}
