import type * as z from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { toItemError } from './item-error.ts';
import { findOwnUploads, requireMayWrite, requireOpen } from './own-uploads.ts';
import { requireUploads } from './require-uploads.ts';
import type { signResult } from './schema.ts';
import { firstLookMs, singleSessionMs } from './session-times.ts';
import { signSingle } from './sign-single.ts';

type SignResult = z.infer<typeof signResult>;

/**
 * Fresh URLs for single uploads whose links ran out, signed from their rows as at the start. The rights are asked again.
 * Per id: not_found (foreign ids too), forbidden, wrong_state, upload_expired.
 */
export async function signUploads(actor: Actor, input: { ids: string[] }): Promise<{ results: SignResult[] }> {
  const rows = await findOwnUploads(actor, input.ids);
  const libraries = new Map(
    await Promise.all(
      [...new Set([...rows.values()].map((row) => row.libraryId))].map(
        async (id) => [id, await requireLibraryById(id)] as const,
      ),
    ),
  );
  const results = await Promise.all(
    input.ids.map(async (id): Promise<SignResult> => {
      try {
        const upload = rows.get(id);
        const library = upload && libraries.get(upload.libraryId);
        if (!upload || !library) throw notFound('The upload');
        requireMayWrite(actor, upload);
        requireUploads(library);
        requireOpen(upload);
        if (upload.kind !== 'single') {
          throw new AppError('wrong_state', 'This file goes in parts: ask for the URLs of its parts.');
        }
        return { ok: true, id, plan: await signSingle(library, upload) };
      } catch (error) {
        return { ok: false, id, error: toItemError(error) };
      }
    }),
  );
  const signed = results.filter((result) => result.ok).map((result) => result.id);
  // Activity: the session lives on, and the sweep waits until these links have run out as well.
  await db().upload.updateMany({
    where: { id: { in: signed }, state: { in: ['reserved', 'uploading'] } },
    data: {
      lookAt: new Date(Date.now() + firstLookMs),
      expiresAt: new Date(Date.now() + singleSessionMs),
    },
  });
  return { results };
}
