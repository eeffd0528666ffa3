import type { Tx } from '#lib/db.ts';

export type ChangeKind = 'asset' | 'folder' | 'operation' | 'upload';

/** Tells open pages that something changed. A trigger notifies the processes that wait (lib/assets/wait-for-changes.ts). */
export async function recordChange(
  tx: Tx,
  libraryId: bigint,
  kind: ChangeKind,
  refId: bigint | string,
  path: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Change" ("libraryId", "kind", "refId", "path") VALUES (${libraryId}, ${kind}, ${String(refId)}, ${path})`;
}

/** The same for many things of a kind, in one statement. */
export async function recordChanges(
  tx: Tx,
  libraryId: bigint,
  kind: ChangeKind,
  changes: { refId: bigint; path: string }[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Change" ("libraryId", "kind", "refId", "path")
    SELECT ${libraryId}, ${kind}, c."refId", c."path"
    FROM unnest(${changes.map(({ refId }) => String(refId))}::text[], ${changes.map(({ path }) => path)}::text[]) AS c("refId", "path")`;
}
