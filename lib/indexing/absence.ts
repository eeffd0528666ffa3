import type { Tx } from '#lib/db.ts';

/** Two looks at a path that has no row to lock wait for each other, until the end of the transaction. */
export async function lockUnknownPath(tx: Tx, libraryId: bigint, path: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${libraryId}:${path}`}, 0))`;
}

/** Remembers that a look with this ticket found nothing. Under `lockUnknownPath`. */
export async function recordAbsence(tx: Tx, libraryId: bigint, path: string, ticket: bigint): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Absence" AS a ("libraryId", "path", "ticket") VALUES (${libraryId}, ${path}, ${ticket})
    ON CONFLICT ("libraryId", "path") DO UPDATE SET "ticket" = greatest(a."ticket", EXCLUDED."ticket"), "at" = now()`;
}

/** Whether a look that began after this ticket found nothing. Under `lockUnknownPath`. */
export async function isAbsentSince(tx: Tx, libraryId: bigint, path: string, ticket: bigint): Promise<boolean> {
  const row = await tx.absence.findUnique({ where: { libraryId_path: { libraryId, path } }, select: { ticket: true } });
  return row !== null && row.ticket > ticket;
}
