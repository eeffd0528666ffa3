import type * as z from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { AppError } from '#lib/errors.ts';
import { type LibraryContext, requireLibrary } from '#lib/libraries/require-library.ts';
import { checkStartFile } from './check-start-file.ts';
import type { ReservedUpload } from './insert-uploads.ts';
import { toItemError } from './item-error.ts';
import type { AssetFact, WantedPath } from './plan-reservations.ts';
import { requireUploads } from './require-uploads.ts';
import { type Reserved, reservePaths } from './reserve-paths.ts';
import type { StartFile, startResult, UploadPlan } from './schema.ts';
import { signSingle } from './sign-single.ts';

type StartResult = z.infer<typeof startResult>;

/**
 * Reserves a path for each of up to 100 files and says how to send it: one signed PUT, or parts whose URLs are asked for later.
 * One file's error leaves the others alone. Repeated after a lost answer it gives the same sessions.
 * @throws AppError not_found for the library; wrong_state when it is read-only; not_supported_by_store when uploads are off
 */
export async function startUploads(
  actor: Actor,
  input: { library: string; files: StartFile[] },
): Promise<{ results: StartResult[] }> {
  const library = await requireLibrary(actor, input.library);
  requireUploads(library);
  const limits = { rootPrefix: library.rootPrefix, maxSegmentBytes: library.capabilities.maxSegmentBytes };

  const checked = input.files.map((file): WantedPath | AppError => {
    try {
      return checkStartFile(actor, library, limits, file);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  });
  const wanted = checked.filter((one): one is WantedPath => !(one instanceof AppError));
  const reserved = await reservePaths(actor, library, wanted, limits);
  const byFile = new Map(wanted.map((file, at) => [file, reserved[at] as Reserved]));

  const results = checked.map(async (one, at): Promise<StartResult> => {
    if (one instanceof AppError) {
      return { ok: false, path: input.files[at]?.path ?? '', error: toItemError(one), existing: null };
    }
    const outcome = byFile.get(one) as Reserved;
    if ('refused' in outcome) {
      const { code, detail, existing } = outcome.refused;
      return { ok: false, path: one.path, error: { code, detail }, existing: existing && toExisting(existing) };
    }
    const { upload } = outcome;
    return { ok: true, id: upload.id, path: upload.path, plan: await planOf(library, upload) };
  });
  return { results: await Promise.all(results) };
}

async function planOf(library: LibraryContext, upload: ReservedUpload): Promise<UploadPlan> {
  if (upload.kind === 'single') return signSingle(library, upload);
  if (upload.partSize === null || upload.partCount === null) throw new Error(`Upload ${upload.id} has no part plan.`);
  return { kind: 'multipart', partSize: upload.partSize, partCount: upload.partCount };
}

function toExisting(asset: AssetFact) {
  return { id: asset.id, size: asset.size, modifiedAt: asset.modifiedAt.toISOString(), versionId: asset.versionId };
}
