import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';

/**
 * The row of an asset that the actor may see, with its library. Also answers for assets in the trash and for those whose versions are all gone.
 * @throws AppError not_found, the same for unknown and not yours
 */
export async function requireAsset(actor: Actor, id: string) {
  const number = BigInt(id);
  // Ids are bigints of Postgres; a larger number is no id, not a fault of the database.
  if (BigInt.asIntN(64, number) !== number) throw notFound('The file');
  const row = await db().asset.findUnique({ where: { id: number } });
  if (!row || roleAt(actor, row.libraryId, row.path) === null) throw notFound('The file');
  const library: LibraryContext = await requireLibraryById(row.libraryId);
  return { row, library };
}
