// The SIP messages of the stand-in.

const crlf = '\r\n';

/** Reads a request or a reply. */
export function readMessage(text) {
  const [head, body] = text.split(crlf + crlf);
  const [start, ...lines] = head.split(crlf);
  const header = (name) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const [, status = null] = /^SIP\/2\.0 (\d+)/.exec(start) ?? [];
  const method = header('cseq').split(' ')[1];
  return { method, isReply: status !== null, status: Number(status), lines, header, body };
}

/** Writes the reply to a request. */
export function replyTo({ lines }, status, headers = [], body = '') {
  const copied = lines.filter((line) => /^(?:via|from|to|call-id|cseq):/i.test(line));
  const isFirst = status.startsWith('100');
  const tagged = copied.map((line) =>
    /^to:/i.test(line) && !/;tag=/.test(line) && !isFirst ? `${line};tag=stand-in` : line,
  );
  return write(`SIP/2.0 ${status}`, [...tagged, ...headers], body);
}

/** Writes a request inside a dialog, or the INVITE that starts the dialog. */
export function requestIn(dialog, method, headers = [], body = '') {
  const { id, contact, local, remote, branch } = dialog;
  const isFirst = method !== 'BYE';
  const place = { ACK: 'a', BYE: 'b' }[method] ?? '';
  return write(
    `${method} ${contact} SIP/2.0`,
    [
      `Via: SIP/2.0/WSS stand-in.example;branch=${branch}${place}`,
      `From: ${local}`,
      `To: ${remote}`,
      `Call-ID: ${id}`,
      `CSeq: ${isFirst ? 1 : 2} ${method}`,
      'Contact: <sip:stand-in.example;transport=ws>',
      'Max-Forwards: 70',
      ...headers,
    ],
    body,
  );
}

function write(start, headers, body) {
  const length = new TextEncoder().encode(body).length;
  const type = body === '' ? [] : ['Content-Type: application/sdp'];
  return [start, ...headers, ...type, `Content-Length: ${length}`, '', body].join(crlf);
}
