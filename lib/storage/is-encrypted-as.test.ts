import { expect, it } from 'vitest';
import { isEncryptedAs } from './is-encrypted-as.ts';

const arn = 'arn:aws:kms:eu-central-1:1:key/abc';
it.each([
  [{ encryption: null, kmsKeyId: null }, { kind: 'none' }, true],
  [{ encryption: null, kmsKeyId: null }, { kind: 'AES256' }, false],
  [{ encryption: 'AES256', kmsKeyId: null }, { kind: 'AES256' }, true],
  [{ encryption: 'aws:kms', kmsKeyId: arn }, { kind: 'AES256' }, false],
  [{ encryption: 'aws:kms', kmsKeyId: arn }, { kind: 'aws:kms', keyId: arn }, true],
  [{ encryption: 'aws:kms', kmsKeyId: arn }, { kind: 'aws:kms', keyId: 'abc' }, true],
  [{ encryption: 'aws:kms', kmsKeyId: arn }, { kind: 'aws:kms', keyId: 'other' }, false],
] as const)('%j wanted as %j: %s', (head, wanted, expected) => {
  expect(isEncryptedAs(head, wanted)).toBe(expected);
});
