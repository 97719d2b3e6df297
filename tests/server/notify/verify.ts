import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Checks a signature as a receiver does, with the steps of the specification.
 *
 * @throws Error if the signature is wrong.
 */
export function verify(
  secret: string,
  headers: Readonly<Record<string, string | undefined>>,
  body: string,
): void {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', key).update(signed).digest();
  const given = (headers['webhook-signature'] ?? '').split(' ').map((one) => one.split(','));
  const isRight = given.some(([version, text = '']) => {
    const signature = Buffer.from(text, 'base64');
    return version === 'v1' && signature.length === 32 && timingSafeEqual(signature, expected);
  });
  if (!isRight) throw new Error('the signature is wrong');
}
