import * as z from 'zod';
import { assetEntry } from '#lib/assets/schema.ts';
import { byteCount, isoTime } from '#lib/libraries/schema.ts';

export const uploadId = z.uuid();
/** 8 bytes in base64, as S3 writes a CRC64NVME. */
export const crc64nvmeText = z.string().regex(/^[A-Za-z0-9+/]{11}=$/, 'is not a CRC64NVME in base64');
export const ifExists = z.enum(['fail', 'replace', 'rename']);
export const uploadState = z.enum([
  'reserved',
  'uploading',
  'completing',
  'completed',
  'failed',
  'cancelled',
  'expired',
]);
export type UploadStateName = z.infer<typeof uploadState>;

export const itemError = z.object({
  code: z.string(),
  detail: z.string(),
  /** Seconds to wait before trying this item again, when the store or the database was away. */
  retryAfter: z.number().int().optional(),
});

export const startFile = z.object({
  path: z.string().max(4096),
  size: byteCount,
  contentType: z.string().max(255).default('application/octet-stream'),
  /** Required up to 16 MiB. */
  crc64nvme: crc64nvmeText.optional(),
  /** The file's own modification time. */
  modifiedAt: isoTime.optional(),
  ifExists: ifExists.default('fail'),
  /** Required with "replace": the version that the person saw. */
  expectedVersionId: z.string().max(1024).optional(),
});
export type StartFile = z.infer<typeof startFile>;

export const signedRequest = z.object({
  method: z.literal('PUT'),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: isoTime,
});
export const singlePlan = signedRequest.extend({ kind: z.literal('single') });
export const multipartPlan = z.object({
  kind: z.literal('multipart'),
  partSize: z.number().int(),
  partCount: z.number().int(),
});
export const uploadPlan = z.discriminatedUnion('kind', [singlePlan, multipartPlan]);
export type UploadPlan = z.infer<typeof uploadPlan>;

/** On `path_exists` the answer says what is there, so that the dialog can show both sides. */
export const existingAsset = z.object({ id: z.string(), size: byteCount, modifiedAt: isoTime, versionId: z.string() });

export const startResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), id: uploadId, path: z.string(), plan: uploadPlan }),
  z.object({ ok: z.literal(false), path: z.string(), error: itemError, existing: existingAsset.nullable() }),
]);

export const signResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), id: uploadId, plan: singlePlan }),
  z.object({ ok: z.literal(false), id: uploadId, error: itemError }),
]);

export const completeResult = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    id: uploadId,
    state: z.enum(['completed', 'completing']),
    asset: assetEntry.nullable(),
  }),
  /** `existing` when another version stands in the way: the parts are kept until the person decides. */
  z.object({ ok: z.literal(false), id: uploadId, error: itemError, existing: existingAsset.nullable() }),
]);

export const storedPart = z.object({ number: z.number().int(), size: byteCount, crc64nvme: z.string().nullable() });

export const uploadView = z.object({
  id: uploadId,
  library: z.string(),
  path: z.string(),
  size: byteCount,
  contentType: z.string(),
  kind: z.enum(['single', 'multipart']),
  partSize: z.number().int().nullable(),
  partCount: z.number().int().nullable(),
  state: uploadState,
  error: itemError.nullable(),
  modifiedAt: isoTime.nullable(),
  createdAt: isoTime,
  /** After this the session is swept and its parts are removed. */
  expiresAt: isoTime,
});
export type UploadView = z.infer<typeof uploadView>;

/** Where the bytes of one upload went. */
export const uploadFlow = z.object({
  library: z.string(),
  path: z.string(),
  size: byteCount,
  state: z.string(),
  at: isoTime,
  partCount: z.number().int().nullable(),
  steps: z.array(
    z.object({
      step: z.enum(['start', 'sign', 'parts', 'bytes', 'complete']),
      route: z.enum(['app', 'store']),
      at: isoTime,
      /** Null where it is not known. */
      ms: z.number().int().nullable(),
      bytesUp: byteCount,
      bytesDown: byteCount,
      /** Files in the same call; the bytes are this one's share. */
      files: z.number().int(),
    }),
  ),
  appBytes: byteCount,
  storeBytes: byteCount,
  /** The whole library on that day, UTC. */
  day: z.object({
    date: z.string(),
    appBytes: byteCount,
    calls: z.number().int(),
    storeBytes: byteCount,
    files: z.number().int(),
  }),
});
export type UploadFlow = z.infer<typeof uploadFlow>;
