import type { CreateMultipartUploadCommandInput } from '@aws-sdk/client-s3';
import type { WantedEncryption } from './types.ts';

/** Request headers, lower-case, as they are signed. */
export function encryptionHeaders(wanted: WantedEncryption): Record<string, string> {
  if (wanted.kind === 'none') return {};
  if (wanted.kind === 'AES256') return { 'x-amz-server-side-encryption': 'AES256' };
  return {
    'x-amz-server-side-encryption': 'aws:kms',
    // Without a key of ours the store takes its own.
    ...(wanted.keyId ? { 'x-amz-server-side-encryption-aws-kms-key-id': wanted.keyId } : {}),
  };
}

/** The same as parameters of an SDK command that writes. */
export function encryptionParams(
  wanted: WantedEncryption,
): Pick<CreateMultipartUploadCommandInput, 'ServerSideEncryption' | 'SSEKMSKeyId'> {
  if (wanted.kind === 'none') return {};
  if (wanted.kind === 'AES256') return { ServerSideEncryption: 'AES256' };
  return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: wanted.keyId };
}
