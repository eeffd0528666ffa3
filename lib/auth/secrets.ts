import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 256 random bits behind a prefix that secret scanners and people recognise. */
export function newTokenSecret(): { secret: string; hash: Buffer<ArrayBuffer>; hint: string } {
  const secret = `strata_${randomBytes(32).toString('base64url')}`;
  return { secret, hash: hashTokenSecret(secret), hint: secret.slice(0, 'strata_'.length + 4) };
}

/** What is kept of a token. Plain SHA-256 is enough: 256 random bits cannot be guessed, unlike a password. */
export function hashTokenSecret(secret: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(secret).digest());
}

// No 0/o, 1/l/i: it may be read aloud or copied by hand.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A first password for somebody else: four groups of five letters, 99 bits. */
export function newPassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
