import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { isoTime, librarySlug } from '#lib/libraries/schema.ts';
import { maxBatch, maxPartBatch } from './limits.ts';
import {
  completeResult,
  crc64nvmeText,
  ifExists,
  signedRequest,
  signResult,
  startFile,
  startResult,
  storedPart,
  uploadFlow,
  uploadId,
  uploadView,
} from './schema.ts';

const ids = z.array(uploadId).min(1).max(maxBatch);

export const startUploadsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/libraries/{library}/uploads',
  summary: 'Reserve paths and get full instructions for up to 100 files',
  permission: 'contributor',
  input: z.object({ library: librarySlug, files: z.array(startFile).min(1).max(maxBatch) }),
  output: z.object({ results: z.array(startResult) }),
});

export const signUploadsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/uploads/sign',
  summary: 'Fresh URLs for single uploads whose links expired',
  permission: 'contributor',
  input: z.object({ ids }),
  output: z.object({ results: z.array(signResult) }),
});

export const signPartsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/uploads/{id}/parts',
  summary: 'URLs for some parts of a multipart upload, each bound to its checksum',
  permission: 'contributor',
  input: z.object({
    id: uploadId,
    parts: z
      .array(z.object({ number: z.number().int().min(1).max(10_000), crc64nvme: crc64nvmeText }))
      .min(1)
      .max(maxPartBatch),
  }),
  output: z.object({ parts: z.array(signedRequest.extend({ number: z.number().int() })) }),
});

export const completeUploadsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/uploads/complete',
  summary: 'Verify what reached the store and make it part of the library',
  permission: 'contributor',
  input: z.object({ ids }),
  output: z.object({ results: z.array(completeResult) }),
});

export const decideUploadEndpoint = defineEndpoint({
  method: 'POST',
  path: '/uploads/{id}/decide',
  summary: 'Answer a clash that was found at completion: with "replace" nothing is sent again',
  permission: 'contributor',
  input: z.object({ id: uploadId, ifExists: ifExists.extract(['replace']), expectedVersionId: z.string().max(1024) }),
  output: z.object({ upload: uploadView }),
});

export const getUploadEndpoint = defineEndpoint({
  method: 'GET',
  path: '/uploads/{id}',
  summary: 'One upload session with the parts that the store holds',
  permission: 'contributor',
  input: z.object({ id: uploadId }),
  output: z.object({ upload: uploadView, storedParts: z.array(storedPart) }),
});

export const listUploadsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/uploads',
  summary: 'The caller’s own upload sessions; `open` are those that can go on',
  permission: 'signed-in',
  input: z.object({ state: z.enum(['open', 'all']).default('open'), cursor: z.string().optional() }),
  output: z.object({
    uploads: z.array(uploadView.extend({ storedBytes: z.number().int(), updatedAt: isoTime })),
    nextCursor: z.string().nullable(),
  }),
});

export const cancelUploadEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/uploads/{id}',
  summary: 'Give up an upload: its parts are removed from the store',
  permission: 'contributor',
  input: z.object({ id: uploadId }),
  output: z.object({ upload: uploadView }),
});

export const getUploadFlowEndpoint = defineEndpoint({
  method: 'GET',
  path: '/uploads/{id}/flow',
  summary: 'Where the bytes of an upload went: each step of its handshake, through the app or straight to the store',
  permission: 'viewer',
  input: z.object({ id: uploadId }),
  output: z.object({ flow: uploadFlow }),
});
