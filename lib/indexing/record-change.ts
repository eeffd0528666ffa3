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
