// The signatures of notifications, and what is read from the options.

import { expect, test } from 'vitest';
import { readKey, readReceiver } from '../../../www/server/notify/options.ts';
import { sign } from '../../../www/server/notify/sign.ts';

test('a signature is the one of the specification', () => {
  // The example that the libraries of Standard Webhooks test themselves with.
  const key = readKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  const at = 1_614_265_330_999;
  expect(sign(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}')).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('the prefix of a secret may be missing', () => {
  const secret = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect(readKey(secret)).toEqual(readKey(`whsec_${secret}`));
});

test.for([
  '',
  'whsec_',
  'whsec_c2hvcnQ=',
  `whsec_${'A'.repeat(100)}`,
  'whsec_not base64 at all !!!!',
])('the secret %j is refused', (secret) => {
  expect(() => readKey(secret)).toThrow(/^the secret of the notifications is whsec_ and 24 to 64/);
});

test.for([
  ['https://crm.example/parking?key=1', 'json', 'json crm.example'],
  ['json=https://crm.example:8443/', 'json', 'json crm.example:8443'],
  ['slack=https://hooks.slack.com/services/T0/B0/x', 'slack', 'slack hooks.slack.com'],
  ['teams=https://prod-1.westeurope.logic.azure.com/workflows/1?sig=a=b', 'teams', undefined],
  ['ntfy=https://ntfy.sh/parking-7f3a', 'ntfy', 'ntfy ntfy.sh'],
] as const)('%s is a receiver', ([text, format, name]) => {
  const receiver = readReceiver(text, false);
  expect(receiver).toMatchObject({ format, url: text.replace(/^\w+=(?=https:)/, '') });
  if (name !== undefined) expect(receiver.name).toBe(name);
});

test.for([
  ['http://crm.example/', /^a receiver of notifications is a URL/],
  ['https://user@crm.example/', /^a receiver of notifications is a URL/],
  ['ftp://crm.example/secret', /^a receiver of notifications is a URL/],
  ['crm.example', /^a receiver of notifications is a URL/],
  ['discord=https://crm.example/secret', /formats json, slack, teams, ntfy, not `discord`$/],
] as const)('%s is refused, and the message does not quote it', ([text, message]) => {
  expect(() => readReceiver(text, false)).toThrow(message);
  expect(() => readReceiver(text, false)).not.toThrow(/secret/);
});

test('with private addresses allowed, http is allowed', () => {
  expect(readReceiver('http://127.0.0.1:1/', true).url).toBe('http://127.0.0.1:1/');
});
