import { expect, test } from 'vitest';
import { password } from './schema.ts';
import { hashTokenSecret, newPassword, newTokenSecret } from './secrets.ts';

test('a token is strata_ and 256 bits; what is kept is its SHA-256 and a hint that gives nothing away', () => {
  const { secret, hash, hint } = newTokenSecret();
  expect(secret).toMatch(/^strata_[\w-]{43}$/);
  expect(Buffer.from(secret.slice(7), 'base64url')).toHaveLength(32);
  expect(hash).toHaveLength(32);
  expect(hash.equals(hashTokenSecret(secret))).toBe(true);
  expect(hash.equals(hashTokenSecret(`${secret} `))).toBe(false);
  expect(hint).toBe(secret.slice(0, 11));
  expect(newTokenSecret().secret).not.toBe(secret);
});

test('SHA-256 as others compute it', () => {
  expect(hashTokenSecret('abc').toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('a first password satisfies our own rule and holds no look-alikes', () => {
  for (let round = 0; round < 50; round += 1) {
    const made = newPassword();
    expect(password.safeParse(made).success).toBe(true);
    expect(made).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
  }
});
