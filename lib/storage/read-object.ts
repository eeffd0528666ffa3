import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '#lib/errors.ts';
import { callStore } from './client.ts';
import { openOwnRequest } from './send-own-request.ts';
import { toStoreError } from './store-errors.ts';
import type { VersionRef } from './types.ts';

/** Milliseconds in which bytes of a body must flow; the same as of the SDK's client (client.ts). */
const bodyPatience = 60_000;

/**
 * Opens one version for the worker (the web process never reads media bytes, DESIGN section 1).
 * The caller must read the stream to its end or destroy it.
 * @param range bytes, both ends included
 */
export async function openObject(
  ref: VersionRef,
  range?: { start: number; end: number },
): Promise<{ body: Readable; size: number }> {
  const Range = range ? `bytes=${range.start}-${range.end}` : undefined;
  const own = await openOwnRequest({
    ref,
    query: { versionId: ref.versionId },
    headers: Range ? { range: Range } : {},
    patience: bodyPatience,
  });
  const size = Number(own?.headers['content-length']);
  if (own && Number.isSafeInteger(size)) return { body: own, size };
  own?.destroy();
  const answer = await callStore('app', 'Reading the object', (client) =>
    client.send(
      new GetObjectCommand({
        Bucket: ref.bucket,
        Key: ref.key,
        VersionId: ref.versionId,
        ...(Range ? { Range } : {}),
      }),
    ),
  );
  // In Node the SDK's body is always a Readable.
  return { body: answer.Body as Readable, size: answer.ContentLength ?? 0 };
}

/**
 * Reads one small version, or the part of it in `range`, into memory.
 * @throws AppError too_large before reading more than `maxBytes`
 */
export async function readBytes(
  ref: VersionRef,
  options: { maxBytes: number; range?: { start: number; end: number } },
): Promise<Buffer> {
  const { body, size } = await openObject(ref, options.range);
  if (size > options.maxBytes) {
    body.destroy();
    throw new AppError('too_large', `The object has ${size} bytes; at most ${options.maxBytes} are read here.`);
  }
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch (cause) {
    throw toStoreError(cause, 'Reading the object');
  }
}
