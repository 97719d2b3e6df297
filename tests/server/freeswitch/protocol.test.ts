// The messages of an event socket, as bytes arrive.

import { expect, test } from 'vitest';
import { MessageReader, readEvent } from '../../../www/server/freeswitch/protocol.ts';

test('messages are complete at any cut between their bytes', () => {
  const bytes = Buffer.from(
    'Content-Type: auth/request\n\n' +
      'Content-Type: api/response\nContent-Length: 9\n\nАнна\n' +
      'Content-Type: command/reply\nReply-Text: +OK Job-UUID: 7: 8\nJob-UUID: 7\n\n\n' +
      'Content-Length: 5\nContent-Type: text/event-plain\n\na: b\n',
  );
  const expected = [
    { headers: { 'Content-Type': 'auth/request' }, body: '' },
    { headers: { 'Content-Type': 'api/response', 'Content-Length': '9' }, body: 'Анна\n' },
    {
      headers: {
        'Content-Type': 'command/reply',
        'Reply-Text': '+OK Job-UUID: 7: 8',
        'Job-UUID': '7',
      },
      body: '',
    },
    { headers: { 'Content-Length': '5', 'Content-Type': 'text/event-plain' }, body: 'a: b\n' },
  ];
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const reader = new MessageReader();
    const messages = [...reader.push(bytes.subarray(0, cut)), ...reader.push(bytes.subarray(cut))];
    expect(messages).toEqual(expected);
  }
});

test('an impossible length, and a header without end, are errors', () => {
  for (const length of ['-1', 'x', '1e99']) {
    const bytes = Buffer.from(`Content-Length: ${length}\n\n`);
    expect(() => new MessageReader().push(bytes)).toThrow('impossible length');
  }
  expect(() => new MessageReader().push(Buffer.alloc(300_000, 'x'))).toThrow('too long');
});

test('the values of an event are decoded, and bytes that are no text do no harm', () => {
  const event = readEvent(
    'Event-Name: CUSTOM\nEvent-Subclass: valet_parking%3A%3Ainfo\n' +
      'Caller-Caller-ID-Name: %D0%90%D0%BD%D0%BD%D0%B0%20%22K%22\nBroken: a%E0%A4%ZZ\n' +
      'Content-Length: 3\n\n+OK',
  );
  expect(event).toMatchObject({
    name: 'CUSTOM valet_parking::info',
    headers: { 'Caller-Caller-ID-Name': 'Анна "K"' },
    body: '+OK',
  });
  expect(event.headers['Broken']).toContain('a');
});
