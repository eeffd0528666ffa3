'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { followOperation } from '#components/trash/follow-operation.ts';
import { refreshLibrary } from '#components/trash/refresh-library.ts';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { planUndoTold, undoneWords } from './plan-undo-told.ts';

export type UndoChange = { kind: 'operation' | 'upload'; id: string };

export interface UndoDialogProps {
  library: string;
  changes: readonly UndoChange[];
  /** What each change was, in words, by its id. */
  nameOf: (id: string) => string;
  onClose: () => void;
}

/** Conflicts that are listed; the rest is a number. */
const listed = 8;

/** Several changes taken back together: first what that does and what it cannot do, then one button. */
export function UndoDialog({ library, changes, nameOf, onClose }: UndoDialogProps) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const ids = (kind: UndoChange['kind']) => changes.filter((one) => one.kind === kind).map(({ id }) => id);
  const input = { library, operations: ids('operation'), uploads: ids('upload') };
  const { data, error } = useQuery({
    queryKey: ['undo', library, ...changes.map(({ id }) => id)],
    queryFn: () => api('POST /libraries/{library}/undo', { ...input, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
  const told = data ? planUndoTold(data.results) : null;
  const run = async () => {
    setBusy(true);
    try {
      const { results } = await api('POST /libraries/{library}/undo', input);
      onClose();
      const states = await Promise.all(
        results.map(async (one) => (one.ok && one.operation ? followOperation(one.operation, () => {}) : null)),
      );
      await refreshLibrary(queries, library);
      addToast(undoneWords(results, states));
    } catch (problem) {
      tellFailure('Nothing was undone', problem);
    } finally {
      setBusy(false);
    }
  };
  const count = told?.possible ?? changes.length;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      sticky={busy}
      title={`Undo ${formatPlural(changes.length, 'change')}?`}
      description={
        told
          ? `${formatPlural(told.files, 'file')} ${told.files === 1 ? 'is' : 'are'} put back as before, the newest change first`
          : 'Looking at what is there now'
      }
      width="large"
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button
            size="field"
            variant="primary"
            busy={busy}
            disabledReason={
              told === null ? 'Looking at what is there now' : count === 0 ? 'None of it can be undone' : undefined
            }
            onClick={() => void run()}
          >
            Undo {formatPlural(count, 'change')}
          </Button>
        </>
      }
    >
      {error && (
        <p className="text-danger-text">{error instanceof ApiError ? error.detail : 'Strata did not answer.'}</p>
      )}
      {told && (
        <div className="grid gap-3">
          {told.conflicts > 0 && (
            <Note tone="warning" icon={<TriangleAlert />}>
              {formatPlural(told.conflicts, 'file')} {told.conflicts === 1 ? 'has' : 'have'} changed since and{' '}
              {told.conflicts === 1 ? 'is' : 'are'} left as {told.conflicts === 1 ? 'it is' : 'they are'}. The rest goes
              ahead.
            </Note>
          )}
          <ul className="grid max-h-64 overflow-y-auto rounded-3 inset-ring inset-ring-line">
            {told.rows.map((row) => (
              <li key={row.id} className="border-line px-3 py-2 not-first:border-t">
                <p className="text-fg [overflow-wrap:anywhere]">{nameOf(row.id)}</p>
                {row.reason !== null && <p className="text-meta text-danger-text">Cannot be undone. {row.reason}</p>}
                {row.conflicts.slice(0, listed).map((conflict) => (
                  <p key={conflict.path} className="text-meta text-fg-2 [overflow-wrap:anywhere]">
                    <bdi>{conflict.path}</bdi>: {conflict.detail}
                  </p>
                ))}
                {row.conflictCount > Math.min(listed, row.conflicts.length) && (
                  <p className="text-meta text-fg-3">
                    and {(row.conflictCount - Math.min(listed, row.conflicts.length)).toLocaleString('en')} more
                  </p>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}
