/** A gateway's error, in one of the ways in which gateways word it. */
export interface Breakage {
  readonly status: 502 | 503;
  readonly as: 'html' | 'json';
  /** Whether the request had got through to the switch. */
  readonly executed: boolean;
}

/** Every combination: from the answer alone it cannot be told whether anything was done. */
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

/** The 429 that has nothing to do with the hour and passes at once. */
export function crowdedResponse(headers: Readonly<Record<string, string>>): Response {
  return Response.json({ message: 'concurrent request not allowed' }, { status: 429, headers });
}

const REASONS = { 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable' } as const;
