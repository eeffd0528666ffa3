import { hash } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';

test('a hash is Argon2id with 19 MiB, 2 passes, 1 lane, and salted', async () => {
  const [first, second] = await Promise.all([
    hashPassword('correct horse battery'),
    hashPassword('correct horse battery'),
  ]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(second).not.toBe(first);
});

test('only the right password matches; it is compared as given, spaces and accents included', async () => {
  const stored = await hashPassword(' pass wörd \u{1f511} ');
  expect(await verifyPassword(stored, ' pass wörd \u{1f511} ')).toEqual({ matches: true, outdated: false });
  expect(await verifyPassword(stored, 'pass wörd \u{1f511}')).toEqual({ matches: false, outdated: false });
});

test('without an account the answer is no, not an error', async () => {
  expect(await verifyPassword(null, 'anything at all')).toEqual({ matches: false, outdated: false });
});

test.each([
  ['less memory', { memoryCost: 8192, timeCost: 2, parallelism: 1 }],
  ['more passes', { memoryCost: 19456, timeCost: 3, parallelism: 1 }],
])('%s than today is outdated and is told only when the password matches', async (_, parameters) => {
  const stored = await hash('correct horse battery', parameters);
  expect(isOutdated(stored)).toBe(true);
  expect(await verifyPassword(stored, 'correct horse battery')).toEqual({ matches: true, outdated: true });
  expect(await verifyPassword(stored, 'wrong horse battery')).toEqual({ matches: false, outdated: false });
});
