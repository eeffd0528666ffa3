import { formatPlural } from '#components/ui/format.ts';
import type { OutputOf } from '#lib/http/api-client.ts';
import type { OperationView } from '#lib/operations/schema.ts';

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

/** What became of the changes: all undone, all but some files, or not all of them. `ended`: null for one that was refused. */
export function undoneWords(
  results: UndoResult[],
  ended: (Pick<OperationView, 'state' | 'counts'> | null)[],
): { title: string; detail?: string; kind?: 'error' } {
  const undone = ended.filter((one) => one?.state === 'succeeded' || one?.state === 'partial').length;
  const left = ended.reduce((sum, one) => sum + (one ? one.counts.conflict + one.counts.failed : 0), 0);
  const leftWords =
    left === 1
      ? 'It changed meanwhile and was left as it is. Activity names it.'
      : 'They changed meanwhile and were left as they are. Activity names them.';
  if (undone < results.length) {
    const refused = results.find((one) => !one.ok);
    const title = `${undone.toLocaleString('en')} of ${formatPlural(results.length, 'change')} undone.`;
    const detail = refused && !refused.ok ? refused.error.detail : left > 0 ? leftWords : 'Activity tells why.';
    return { kind: 'error', title, detail };
  }
  if (left === 0) return { title: `${formatPlural(undone, 'change')} undone` };
  return {
    kind: 'error',
    title: `${formatPlural(undone, 'change')} undone, except ${formatPlural(left, 'file')}.`,
    detail: leftWords,
  };
}
