import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { requestMeasure } from './request-measure.ts';

/** Has a library measured again now. @throws AppError not_found, forbidden */
export async function measureCost(actor: Actor, input: { library: string }): Promise<{ asked: boolean }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  await requestMeasure(db(), library.id);
  return { asked: true };
}
