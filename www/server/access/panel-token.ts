import { createHash, randomBytes } from 'node:crypto';

/** Returns a new id of a token. It is not secret. */
export function newTokenId(): string {
  return randomBytes(6).toString('hex');
}

/** Writes a token as `vp_<id>_<secret>`. */
export function writeToken(id: string, secret: string): string {
  return `vp_${id}_${secret}`;
}

/** Returns the id and the secret of a token. Both are empty if the text is no token. */
export function readToken(text: string | null): { readonly id: string; readonly secret: string } {
  const [, id = '', secret = ''] = TOKEN.exec(text ?? '') ?? [];
  return { id, secret };
}

/** Returns the SHA-256 of the secret part of a token. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const TOKEN = /^vp_([0-9a-f]{12})_([\w-]{43})$/;
