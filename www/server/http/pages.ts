import { abilitiesHeader } from './announce.ts';
import type { Fetch } from '../exchange/faults/request.ts';
import { isLocal, type Trust } from './nearby.ts';
import { budgetHeaders } from './quota.ts';
import { orderHeader } from './place.ts';

/**
 * Adds CORS headers, so that pages of other origins on this machine can read the answers. Development
 * servers usually have another port.
 *
 * No fault strikes the preflight requests, and answers with a fault have the CORS headers, too.
 * Otherwise a page would see a different fault. With `trust: 'anyone'`, pages of the same host can
 * read the answers. Pages of other hosts never can.
 */
export function allowPages(fetch: Fetch, trust: Trust): Fetch {
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

/** Allows all headers that the page wants to send. The token decides what the page may do. */
function permitted(request: Request): Record<string, string> {
  return {
    'Access-Control-Allow-Methods': 'GET, PUT, POST, DELETE',
    'Access-Control-Allow-Headers': request.headers.get('Access-Control-Request-Headers') ?? '',
  };
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}
