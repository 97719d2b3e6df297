// One FreeSWITCH with several domains: 101 of one domain is another telephone than 101 of the other one.

import { expect, test } from 'vitest';
import { Channels, readChannelList } from '../../../www/server/freeswitch/channels.ts';

const OWN = 'acme.example';

/** The extension of a channel that is created with these headers. */
function extensionOf(headers: Record<string, string>, domain?: string) {
  const channels = new Channels(domain);
  const event = { 'Unique-ID': 'a', 'Event-Date-Timestamp': '1', ...headers };
  channels.apply({ name: 'CHANNEL_CREATE', headers: event, body: '' });
  return channels.get('a')?.extension;
}

const dialled = (domain: string) => ({
  'Call-Direction': 'outbound',
  variable_dialed_user: '101',
  variable_dialed_domain: domain,
  'Channel-Presence-ID': `101@${domain}`,
});
const dials = (domain: string) => ({
  'Call-Direction': 'inbound',
  variable_user_name: '101',
  variable_domain_name: domain,
  'Channel-Presence-ID': `101@${domain}`,
});
const named = (domain: string) => ({ 'Channel-Presence-ID': `101@${domain}` });

test.for([dialled, dials, named])('a telephone of another domain is no extension', (headersOf) => {
  expect(extensionOf(headersOf(OWN), OWN)).toBe('101');
  expect(extensionOf(headersOf('ACME.example'), OWN)).toBe('101');
  expect(extensionOf(headersOf('globex.example'), OWN)).toBeNull();
});

test.for([dialled, dials, named])(
  'without a domain, every telephone is an extension',
  (headersOf) => {
    expect(extensionOf(headersOf('globex.example'))).toBe('101');
  },
);

test('a telephone that names no domain is an extension', () => {
  const headers = { 'Call-Direction': 'inbound', variable_user_name: '101' };
  expect(extensionOf(headers, OWN)).toBe('101');
});

test('the list of channels has the same extensions as the events', () => {
  const rows = [OWN, 'globex.example', undefined].map((domain, at) => ({
    ...{ uuid: String(at), direction: 'inbound' },
    ...(domain === undefined ? {} : { presence_id: `101@${domain}` }),
  }));
  const extensions = (domain?: string) =>
    readChannelList(JSON.stringify({ rows }), domain).map(({ extension }) => extension);
  expect(extensions(OWN)).toEqual(['101', null, null]);
  expect(extensions()).toEqual(['101', '101', null]);
});
