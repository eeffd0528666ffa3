import type { HeadedObject, WantedEncryption } from './types.ts';

/**
 * Whether an object is encrypted as wanted. A key is told by its ARN or by its end: HEAD answers with the ARN where the setting may hold the
 * bare id (and on MinIO a name).
 */
export function isEncryptedAs(head: Pick<HeadedObject, 'encryption' | 'kmsKeyId'>, wanted: WantedEncryption): boolean {
  if (wanted.kind === 'none') return true;
  if (head.encryption !== wanted.kind) return false;
  return wanted.kind === 'AES256' || lastPart(head.kmsKeyId ?? '') === lastPart(wanted.keyId);
}

const lastPart = (key: string) => key.slice(key.lastIndexOf('/') + 1);
