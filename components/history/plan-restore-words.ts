import { formatBytes } from '#components/ui/format.ts';
import type { OperationView } from '#lib/operations/schema.ts';

export type RestoreKind = { id: string; label: string; detail: string; count: number; swatch: string };

/** What a frozen restore to a moment does, kind by kind, without the empty ones. `files`: those that it would change. */
export function planRestoreWords({ counts, bytesToCopy }: OperationView['plan']): {
  files: number;
  bytesToCopy: number;
  kinds: RestoreKind[];
} {
  const kinds: RestoreKind[] = [
    {
      id: 'copy',
      label: 'Go back a version',
      detail: `${formatBytes(bytesToCopy)} to copy`,
      count: counts.copy - counts.thaw,
      swatch: 'bg-depth-2',
    },
    {
      id: 'removeMarker',
      label: 'Bring back from trash',
      detail: 'Nothing to copy',
      count: counts.removeMarker,
      swatch: 'bg-depth-1',
    },
    {
      id: 'addMarker',
      label: 'Move to trash',
      detail: 'Added after this moment',
      count: counts.addMarker,
      swatch: 'bg-edge',
    },
    {
      id: 'thaw',
      label: 'Archived',
      detail: 'Copied where the store hands them out, else told',
      count: counts.thaw,
      swatch: 'bg-depth-4',
    },
    {
      id: 'unavailable',
      label: 'No longer there',
      detail: 'The bytes of that moment are gone from the store; what is there now stays',
      count: counts.unavailable,
      swatch: 'bg-danger',
    },
    {
      id: 'conflict',
      label: 'Cannot be restored',
      detail: 'Another file or folder stands in the way',
      count: counts.conflict,
      swatch: 'bg-warning',
    },
    { id: 'unchanged', label: 'Unchanged', detail: 'Left alone', count: counts.unchanged, swatch: 'bg-press' },
  ];
  return {
    files: counts.copy + counts.removeMarker + counts.addMarker,
    bytesToCopy,
    kinds: kinds.filter(({ count }) => count > 0),
  };
}
