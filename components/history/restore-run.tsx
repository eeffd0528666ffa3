'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { announce } from '#components/shell/announce.ts';
import { isRunning } from '#components/trash/follow-operation.ts';
import { courseOf, wordsOf } from '#components/trash/operation-words.ts';
import { refreshLibrary } from '#components/trash/refresh-library.ts';
import { tellFailure, useOperations } from '#components/trash/use-operations.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogClose } from '#components/ui/dialog.tsx';
import { formatCount, formatPlural } from '#components/ui/format.ts';
import { Meter } from '#components/ui/meter.tsx';
import { api } from '#lib/http/api-client.ts';
import type { OperationView, ThawWish } from '#lib/operations/schema.ts';
import type { PlanKind } from '#lib/restore/schema.ts';
import { type Choice, toChoices } from './restore-choice.ts';

/** Milliseconds between two looks at a restore that runs. */
const lookAgain = 800;

export type RestoreRun = ReturnType<typeof useRestoreRun>;

/** The course of a restore inside its dialog; closed before its end, a toast goes on with it. */
export function useRestoreRun(library: string) {
  const queries = useQueryClient();
  const operations = useOperations(library);
  const [id, setId] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ['operation', id],
    queryFn: async ({ signal }) => (await api('GET /operations/{id}', { id: id ?? '' }, { signal })).operation,
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && !isRunning(query.state.data) ? false : lookAgain),
  });
  const operation = id === null ? null : (data ?? null);
  const ended = operation !== null && !isRunning(operation);
  const told = useRef(false);
  useEffect(() => {
    if (!ended || !operation || told.current) return;
    told.current = true;
    announce(endSentence(operation));
    void refreshLibrary(queries, library);
  }, [ended, operation, queries, library]);

  return {
    operation,
    ended,
    sentence: operation ? (ended ? endSentence(operation) : 'Writes made since it was started are not touched.') : '',
    operations,
    /** @returns false when it could not be started; that was told */
    start: async (
      plan: string,
      choice: Choice,
      kinds: readonly PlanKind[],
      thaw: ThawWish | null,
    ): Promise<boolean> => {
      try {
        const input = { id: plan, choices: toChoices(choice, kinds), ...(thaw ? { thaw } : {}) };
        const { operation: started } = await api('POST /operations/{id}/start', input);
        queries.setQueryData(['operation', plan], started);
        setId(plan);
        void refreshLibrary(queries, library);
        return true;
      } catch (error) {
        tellFailure('Nothing was restored', error);
        return false;
      }
    },
    handOver: () => {
      if (!operation || ended) return;
      const what = formatPlural(operation.counts.total - operation.counts.skipped, 'file');
      void operations.follow(() => Promise.resolve({ operation }), wordsOf('restore-to-time', what));
    },
  };
}

/** "74 files restored", "72 files restored, 2 left as they are." */
function endSentence({ state, counts }: OperationView): string {
  const missed = counts.conflict + counts.failed;
  const done = `${formatPlural(counts.done, 'file')} restored`;
  if (state === 'cancelled') return `Cancelled after ${formatPlural(counts.done, 'file')}. What is done stays done.`;
  return missed === 0 ? `${done}.` : `${done}, ${formatCount(missed)} left as ${missed === 1 ? 'it is' : 'they are'}.`;
}

/** In place of the foot: how far it is, Pause and Cancel. */
export function RestoreRunning({ run: { operation, operations } }: { run: RestoreRun }) {
  const [turning, setTurning] = useState(false);
  const [stopping, setStopping] = useState(false);
  if (!operation) return null;
  const { total, pending, skipped } = operation.counts;
  const text = `${formatCount(total - pending - skipped)} of ${formatPlural(total - skipped, 'file')}`;
  const turn = async () => {
    setTurning(true);
    await (operation.paused ? operations.resume(operation.id) : operations.pause(operation.id));
    setTurning(false);
  };
  const cancel = async () => {
    setStopping(true);
    await operations.cancel(operation.id);
  };
  return (
    <>
      <div className="mr-auto grid min-w-0 flex-1 basis-80 gap-1.5">
        <span className="text-meta text-fg-2 tabular-nums">{`${courseOf(operation, stopping) ?? 'Restoring, '}${text}`}</span>
        <Meter
          value={total === 0 ? null : (total - pending) / total}
          label="Restore to this moment"
          text={text}
          tone="past"
        />
      </div>
      <Button size="field" busy={turning} onClick={() => void turn()}>
        {operation.paused ? 'Go on' : 'Pause'}
      </Button>
      <Button size="field" busy={stopping} onClick={() => void cancel()}>
        Cancel
      </Button>
    </>
  );
}

/** In place of the foot when it has ended. */
export function RestoreReport({ run: { operation, operations }, close }: { run: RestoreRun; close: () => void }) {
  if (!operation) return null;
  // Its course is told in a toast, as that of every undo.
  const undo = () => {
    close();
    void operations.undo(operation.id, wordsOf('restore-to-time', formatPlural(operation.counts.done, 'file')).done);
  };
  return (
    <>
      <p className="mr-auto min-w-0 flex-1 basis-80 text-meta text-fg-2">
        {operation.undoable ? 'Activity keeps the way back for as long as the versions are there.' : ''}
      </p>
      {operation.undoable && (
        <Button size="field" onClick={undo}>
          Undo
        </Button>
      )}
      <DialogClose
        render={
          <Button size="field" variant="primary">
            Done
          </Button>
        }
      />
    </>
  );
}

/** What was left as it is, each with its reason; a sentence when nothing was. */
export function RestoreMissed({ run: { operation } }: { run: RestoreRun }) {
  const missed = operation ? operation.counts.conflict + operation.counts.failed : 0;
  const { data } = useQuery({
    queryKey: ['operation', operation?.id, 'missed'],
    queryFn: async ({ signal }) => {
      const id = operation?.id ?? '';
      const pages = await Promise.all(
        (['conflict', 'failed'] as const).map((state) => api('GET /operations/{id}/items', { id, state }, { signal })),
      );
      return pages.flatMap((page) => page.items);
    },
    enabled: missed > 0,
  });
  if (operation?.state === 'cancelled' && missed === 0)
    return <p>The files whose turn had not come are as they were.</p>;
  if (missed === 0) return <p>Every file that was chosen is what it was at this moment.</p>;
  return (
    <ul>
      {data?.map((item) => (
        <li key={item.position} className="border-line py-2 not-first:border-t first:pt-0">
          <bdi className="block text-label text-fg [overflow-wrap:anywhere]">{item.path}</bdi>
          <span className="block text-meta text-fg-2">{item.error?.detail}</span>
        </li>
      ))}
      {data && missed > data.length && (
        <li className="border-t border-line py-2 text-meta text-fg-3">
          and {formatCount(missed - data.length)} more, in Activity
        </li>
      )}
    </ul>
  );
}
