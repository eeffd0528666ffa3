import { PutObjectCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { statusOf } from './store-errors.ts';
import type { ObjectRef } from './types.ts';

/** Tries to open a file of its own to everybody by an ACL. @returns whether the store took it */
export async function putWithPublicAcl(ref: ObjectRef, body: string): Promise<boolean> {
  try {
    await callStore('app', 'Trying an ACL', (client) =>
      client.send(new PutObjectCommand({ Bucket: ref.bucket, Key: ref.key, Body: body, ACL: 'public-read' })),
    );
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status >= 400 && (status < 500 || status === 501)) return false;
    throw error;
  }
}
