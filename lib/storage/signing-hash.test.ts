import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SigningHash } from './signing-hash.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

async function digestOf(secret: ConstructorParameters<typeof SigningHash>[0], ...pieces: (string | Uint8Array)[]) {
  const hash = new SigningHash(secret);
  for (const piece of pieces) hash.update(piece);
  return hex(await hash.digest());
}

describe('SigningHash', () => {
  it.each([[[]], [['']], [['a']], [['ä', '😀', new Uint8Array([0, 255])]]])('is SHA-256 of %j', async (pieces) => {
    const expected = createHash('sha256');
    for (const piece of pieces) expected.update(piece);
    expect(await digestOf(undefined, ...pieces)).toBe(expected.digest('hex'));
  });

  it('is HMAC-SHA-256 under text, asked once or again, and keeps secrets and data apart', async () => {
    const hmac = (secret: string, data: string) => createHmac('sha256', secret).update(data).digest('hex');
    for (let again = 0; again < 2; again++) {
      for (const [secret, data] of [
        ['AWS4secret', '20261123'],
        ['AWS4secret', '20261124'],
        ['other', '20261123'],
        ['geheimnis-ä', 'key-id'],
        ['a', '\u0000b'],
      ] as const) {
        expect(await digestOf(secret, data)).toBe(hmac(secret, data));
      }
    }
  });

  it('is HMAC-SHA-256 under bytes, for more keys than it keeps', async () => {
    for (let at = 0; at < 200; at++) {
      const secret = randomBytes(32);
      expect(await digestOf(secret, 'data')).toBe(createHmac('sha256', secret).update('data').digest('hex'));
      expect(await digestOf(hex(secret), 'data')).toBe(createHmac('sha256', hex(secret)).update('data').digest('hex'));
    }
  });

  it('begins anew after reset', async () => {
    const hash = new SigningHash();
    hash.update('before');
    hash.reset();
    hash.update('after');
    expect(hex(await hash.digest())).toBe(createHash('sha256').update('after').digest('hex'));
  });
});
