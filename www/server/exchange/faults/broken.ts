/** An error of a gateway in front of the switch. */
export interface Breakage {
  readonly status: 502 | 503;
  readonly as: 'html' | 'json';
  /** True if the switch carried out the request before the error. */
  readonly executed: boolean;
}

/** Every combination. The response does not tell whether the request was carried out. */
export const BREAKAGES = [
  { status: 502, as: 'html', executed: true },
  { status: 502, as: 'html', executed: false },
  { status: 502, as: 'json', executed: true },
  { status: 502, as: 'json', executed: false },
  { status: 503, as: 'html', executed: true },
  { status: 503, as: 'html', executed: false },
  { status: 503, as: 'json', executed: true },
  { status: 503, as: 'json', executed: false },
] as const satisfies readonly Breakage[];

export function breakageResponse({ status, as }: Breakage): Response {
  const reason = REASONS[status];
  if (as === 'json') return Response.json({ message: reason }, { status });
  const page =
    `<html>\r\n<head><title>${status} ${reason}</title></head>\r\n` +
    `<body>\r\n<center><h1>${status} ${reason}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return new Response(page, { status, headers: { 'Content-Type': 'text/html' } });
}

/** A 429 for requests that overlap. It has nothing to do with the hourly limit and ends at once. */
export function crowdedResponse(headers: Readonly<Record<string, string>>): Response {
  return Response.json({ message: 'concurrent request not allowed' }, { status: 429, headers });
}

const REASONS = { 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable' } as const;
