'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { hasUndoConflicts } from '#components/organise/has-undo-conflicts.ts';
import { askUndo } from '#components/organise/undo-asked.ts';
import { announce } from '#components/shell/announce.ts';
import { reportFetchFailed } from '#components/shell/connection.ts';
import { formatPlural } from '#components/ui/format.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import { addToast, closeToast } from '#components/ui/toast-store.ts';
import { ApiError, api, type InputOf } from '#lib/http/api-client.ts';
import type { OperationView } from '#lib/operations/schema.ts';
import { followOperation, isRunning, readMissed } from './follow-operation.ts';
import { OperationProgress } from './operation-progress.tsx';
import { missedSentence, type OperationWords, undoWords, verdictOf, wordsOf } from './operation-words.ts';
import { refreshLibrary } from './refresh-library.ts';

export type StartInput = Omit<InputOf<'POST /libraries/{library}/operations'>, 'library' | 'clientId'>;

export type Operations = {
  /** Starts an operation and tells its course in toasts, Undo included. @returns null when it could not be started */
  run: (input: StartInput, words: OperationWords) => Promise<OperationView | null>;
  /** Follows what another call starts: a planned operation, several undone together. */
  follow: (start: () => Promise<{ operation: OperationView }>, words: OperationWords) => Promise<OperationView | null>;
  /**
   * Takes an operation back. Where the world has moved on for some of its files, a dialog says so and asks, and this is at its end.
   * @param what it was, in words
   */
  undo: (id: string, what: string) => Promise<OperationView | null>;
  /** Runs the failed items of an ended operation again. */
  retry: (id: string, words: OperationWords) => Promise<OperationView | null>;
  /** @returns whether it was told */
  cancel: (id: string) => Promise<boolean>;
  /** Nothing new is begun until `resume`. */
  pause: (id: string) => Promise<boolean>;
  resume: (id: string) => Promise<boolean>;
  trash: (selection: StartInput['selection'], what: string) => Promise<OperationView | null>;
  untrash: (selection: { ids: string[] } | { paths: string[] }, what: string) => Promise<OperationView | null>;
};

/**
 * Changes to files from the page: started through the API, followed to their end, told in toasts, and undone from there.
 * Everything on the page that may have changed is read again. Lives as long as the app: a toast outlasts its page.
 */
export function useOperations(library: string): Operations {
  const queries = useQueryClient();
  return useMemo(() => makeOperations(queries, library), [queries, library]);
}

/** Moving to the trash: "3 files moved to trash" with Undo. */
export function useTrash(library: string): Operations['trash'] {
  return useOperations(library).trash;
}

function makeOperations(queries: QueryClient, library: string): Operations {
  const course = async (
    start: () => Promise<{ operation: OperationView }>,
    words: OperationWords | ((operation: OperationView) => OperationWords),
  ) => {
    const of = typeof words === 'function' ? words : () => words;
    let progress: { close: () => void } | null = null;
    try {
      let { operation } = await start();
      if (isRunning(operation)) {
        queries.setQueryData(['operation', operation.id], operation);
        progress = showProgress(operation, of(operation));
        void refreshLibrary(queries, library);
        operation = await followOperation(operation, (now) => {
          queries.setQueryData(['operation', now.id], now);
        });
        progress.close();
        progress = null;
      }
      await refreshLibrary(queries, library);
      await tellEnd(operation, of(operation));
      return operation;
    } catch (error) {
      progress?.close();
      tellFailure(typeof words === 'function' ? 'It was not undone' : words.notDone, error);
      return null;
    }
  };

  const operations: Operations = {
    run: (input, words) => {
      // One press of a button is one operation, also when its answer is lost on the way and the press is repeated by the network.
      const clientId = crypto.randomUUID();
      return course(() => api('POST /libraries/{library}/operations', { ...input, library, clientId }), words);
    },
    follow: course,
    undo: async (id, what) => {
      try {
        if (await hasUndoConflicts(library, id)) {
          askUndo({ library, changes: [{ kind: 'operation', id, sentence: what }] });
          return null;
        }
      } catch (error) {
        tellFailure('It was not undone', error);
        return null;
      }
      return course(
        () => api('POST /operations/{id}/undo', { id }),
        (operation) => undoWords(operation.type, filesOf(operation)),
      );
    },
    retry: (id, words) => course(() => api('POST /operations/{id}/retry', { id }), words),
    cancel: (id) => steer(() => api('POST /operations/{id}/cancel', { id }), 'It was not cancelled'),
    pause: (id) => steer(() => api('POST /operations/{id}/pause', { id }), 'It was not paused'),
    resume: (id) => steer(() => api('POST /operations/{id}/resume', { id }), 'It does not go on'),
    trash: (selection, what) => operations.run({ type: 'trash', selection }, wordsOf('trash', what)),
    untrash: (selection, what) => operations.run({ type: 'untrash', selection }, wordsOf('untrash', what)),
  };

  async function steer(call: () => Promise<{ operation: OperationView }>, notDone: string): Promise<boolean> {
    try {
      const { operation } = await call();
      queries.setQueryData(['operation', operation.id], operation);
    } catch (error) {
      tellFailure(notDone, error);
      void refreshLibrary(queries, library);
      return false;
    }
    await refreshLibrary(queries, library);
    return true;
  }

  /** A toast that stays until it is closed; from Cancel on it says that the files in hand are being finished. */
  function showProgress({ id }: OperationView, { doing }: OperationWords): { close: () => void } {
    const put = (stopping: boolean) =>
      addToast({
        key: `operation-${id}`,
        stays: true,
        icon: <Spinner size={16} />,
        title: <OperationProgress id={id} doing={doing} stopping={stopping} />,
        ...(stopping ? {} : { action: { label: 'Cancel', onClick: () => void stop() } }),
      });
    const stop = async () => {
      shown = put(true);
      if (!(await operations.cancel(id)) && !ended) shown = put(false);
    };
    let ended = false;
    let shown = put(false);
    return {
      close: () => {
        ended = true;
        closeToast(shown);
      },
    };
  }

  async function tellEnd(operation: OperationView, words: OperationWords): Promise<void> {
    const { counts } = operation;
    const undo = operation.undoable
      ? { action: { label: 'Undo', onClick: () => void operations.undo(operation.id, words.done) } }
      : {};
    const key = `operation-${operation.id}`;
    switch (verdictOf(operation.state, counts)) {
      case 'done':
        announce(words.done);
        addToast({ key, title: words.done, ...(operation.type === 'trash' ? { icon: <Trash2 /> } : {}), ...undo });
        return;
      case 'nothing':
        addToast({ key, title: 'Nothing to do: it was so already' });
        return;
      case 'cancelled':
        addToast({ key, title: `Cancelled after ${formatPlural(counts.done, 'file')}`, ...undo });
        return;
      case 'some': {
        const missed = counts.conflict + counts.failed;
        const detail = missedSentence(await readMissed(operation), missed);
        addToast({
          key,
          kind: 'error',
          title: `${words.done}, except ${formatPlural(missed, 'file')}.`,
          detail,
          ...undo,
        });
        return;
      }
      case 'none': {
        const detail = missedSentence(await readMissed(operation), counts.conflict + counts.failed);
        const retry =
          counts.failed > 0
            ? { action: { label: 'Retry', onClick: () => void operations.retry(operation.id, words) } }
            : undo;
        addToast({ key, kind: 'error', title: `${words.notDone}.`, detail, ...retry });
        return;
      }
      case 'waiting':
    }
  }

  return operations;
}

/** People count files; the objects of empty folders come along. */
const filesOf = ({ counts, plan }: OperationView) => counts.total - plan.counts.folder || counts.total;

/** Tells a failed call as a toast that stays: what happened, why, what to do. */
export function tellFailure(title: string, error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'network') reportFetchFailed();
  addToast({
    kind: 'error',
    title: `${title}.`,
    detail: error.detail,
    ...(error.requestId ? { requestId: error.requestId } : {}),
  });
}
