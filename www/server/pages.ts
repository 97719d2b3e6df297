import { abilitiesHeader } from './announce.ts';
import type { Fetch } from './faults/request.ts';
import { isLocal, type Trust } from './nearby.ts';
import { budgetHeaders } from './quota.ts';
import { orderHeader } from './resource.ts';

/**
 * Lets pages of other origins on this machine read the answers: a page that is developed is served
 * from another port, as a rule.
 *
 * It stands outside of the weather, as the browser's own question whether it may ask does: a fault
 * that a page may not read would be another fault. Where anyone is trusted, pages of the same host
 * may, too; nobody else's page may in any case.
 */
export function toPages(fetch: Fetch, trust: Trust): Fetch {
  return async (request, env) => {
    const origin = request.headers.get('Origin');
    const wanted = request.headers.get('Access-Control-Request-Method');
    if (origin !== null && wanted !== null && request.method === 'OPTIONS') {
      return named(new Response(null, { status: 204, headers: permitted(request) }), request);
    }
    return named(await fetch(request, env), request);
  };

  function named(response: Response, request: Request): Response {
    const origin = request.headers.get('Origin') ?? '';
    response.headers.append('Vary', 'Origin');
    if (!isKnown(origin, request.url)) return response;
    response.headers.set('Access-Control-Allow-Origin', origin);
    response.headers.set('Access-Control-Expose-Headers', exposed);
    return response;
  }

  function isKnown(origin: string, url: string): boolean {
    if (isLocal(origin)) return true;
    return trust === 'anyone' && hostOf(origin) === hostOf(url);
  }
}

const exposed = [...budgetHeaders, orderHeader, abilitiesHeader].join(', ');

/** What a page may send, which is what it wants to send: the token decides, not the form. */
function permitted(request: Request): Record<string, string> {
  return {
    'Access-Control-Allow-Methods': 'GET, PUT, POST, DELETE',
    'Access-Control-Allow-Headers': request.headers.get('Access-Control-Request-Headers') ?? '',
  };
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}
