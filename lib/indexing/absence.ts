import type { Tx } from '#lib/db.ts';

/** Two looks at a path that has no row to lock wait for each other, until the end of the transaction. */
export const lockUnknownPath = (tx: Tx, libraryId: bigint, path: string): Promise<void> =>
  lockUnknownPaths(tx, libraryId, [path]);

/** Remembers that a look with this ticket found nothing. Under `lockUnknownPath`. */
export async function recordAbsence(tx: Tx, libraryId: bigint, path: string, ticket: bigint): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Absence" AS a ("libraryId", "path", "ticket") VALUES (${libraryId}, ${path}, ${ticket})
    ON CONFLICT ("libraryId", "path") DO UPDATE SET "ticket" = greatest(a."ticket", EXCLUDED."ticket"), "at" = now()`;
}

/** Whether a look that began after this ticket found nothing. Under `lockUnknownPath`. */
export async function isAbsentSince(tx: Tx, libraryId: bigint, path: string, ticket: bigint): Promise<boolean> {
  return (await withoutAbsent(tx, libraryId, new Map([[path, ticket]]))).length === 0;
}

/** `lockUnknownPath` for many. In the order of the locks, so that two batches with the same paths wait for each other instead of locking each other out. */
export async function lockUnknownPaths(tx: Tx, libraryId: bigint, paths: string[]): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock("place") FROM (
      SELECT hashtextextended(${`${libraryId}:`} || "path", 0) AS "place" FROM unnest(${paths}::text[]) AS g("path") ORDER BY 1) places`;
}

/** Of paths with the tickets of their looks, those that no newer look found to be absent. Under `lockUnknownPaths`. */
export async function withoutAbsent(
  tx: Tx,
  libraryId: bigint,
  tickets: ReadonlyMap<string, bigint>,
): Promise<string[]> {
  const rows = await tx.absence.findMany({
    where: { libraryId, path: { in: [...tickets.keys()] } },
    select: { path: true, ticket: true },
  });
  const newer = new Map(rows.map(({ path, ticket }) => [path, ticket]));
  return [...tickets.keys()].filter((path) => (newer.get(path) ?? 0n) <= (tickets.get(path) as bigint));
}
