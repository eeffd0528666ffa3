import type { Tx } from '#lib/db.ts';
import type { PersonRow, Scope } from './find-people.ts';

/** The library under whose activity a change to a person is filed: the first that both share, else the first of the admin. */
export async function findAuditLibrary(tx: Tx, person: Pick<PersonRow, 'id'>, scope: Scope): Promise<bigint | null> {
  const shared = await tx.grant.findFirst({
    where: { userId: person.id, libraryId: { in: scope.libraryIds } },
    select: { libraryId: true },
    orderBy: { libraryId: 'asc' },
  });
  return shared?.libraryId ?? scope.libraryIds[0] ?? null;
}
