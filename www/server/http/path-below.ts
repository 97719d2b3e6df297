import { getPath } from 'hono/utils/url';

/**
 * Returns a function that returns the path of a request, without a prefix and without a slash at the end.
 * It is the option `getPath` of Hono. A path without the prefix stays as it is.
 */
export function pathBelow(prefix: string): (request: Request) => string {
  return (request) => {
    const whole = getPath(request);
    const path = whole.startsWith(`${prefix}/`) ? whole.slice(prefix.length) : whole;
    return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  };
}
