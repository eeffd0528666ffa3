import type { OutputOf } from '#lib/http/api-client.ts';

export type UndoResult = OutputOf<'POST /libraries/{library}/undo'>['results'][number];
export type UndoRow = {
  id: string;
  /** Why it cannot be undone at all; null when it can. */
  reason: string | null;
  conflictCount: number;
  conflicts: { path: string; detail: string }[];
};

/** What a preview of several undos comes to. */
export function planUndoTold(results: UndoResult[]): {
  possible: number;
  files: number;
  conflicts: number;
  rows: UndoRow[];
} {
  const rows = results.map((one): UndoRow => {
    if (!one.ok) return { id: one.id, reason: one.error.detail, conflictCount: 0, conflicts: [] };
    return {
      id: one.id,
      reason: null,
      conflictCount: one.preview?.conflictCount ?? 0,
      conflicts: one.preview?.conflicts ?? [],
    };
  });
  const told = results.flatMap((one) => (one.ok && one.preview ? [one.preview] : []));
  const conflicts = told.reduce((sum, one) => sum + one.conflictCount, 0);
  return {
    possible: told.filter((one) => one.conflictCount < one.total).length,
    files: told.reduce((sum, one) => sum + one.total, 0) - conflicts,
    conflicts,
    rows,
  };
}
