import type { ActionContext } from '#components/browse/actions/action.ts';
import { readMissed } from '#components/trash/follow-operation.ts';
import { missedSentence, type OperationWords } from '#components/trash/operation-words.ts';
import { type StartInput, tellFailure } from '#components/trash/use-operations.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { OperationView } from '#lib/operations/schema.ts';
import type { ClashItem, TransferChoice } from './transfer-clash-dialog.tsx';

const TransferClashDialog = onDemand(() =>
  import('./transfer-clash-dialog.tsx').then((part) => part.TransferClashDialog),
);

export type TransferRequest = {
  type: 'move' | 'copy';
  selection: StartInput['selection'];
  params: { to: string; name?: string };
  words: OperationWords;
};
/**
 * Moves or copies: planned first, so that names that are taken are asked about once for all, before anything is changed.
 * @returns null when it was not started, or given up
 */
export async function transfer(
  { library, operations, ask }: Pick<ActionContext, 'library' | 'operations' | 'ask'>,
  { type, selection, params, words }: TransferRequest,
): Promise<OperationView | null> {
  const input = { type, selection, params } as const;
  // A copy beside the original is what was meant: nobody needs to be asked.
  const beside = type === 'copy' && params.name === undefined && sameFolder(selection, params.to);
  if (beside) return operations.run({ ...input, params: { ...params, ifExists: 'rename' } }, words);
  try {
    const { operation } = await api('POST /libraries/{library}/operations', {
      ...input,
      library: library.slug,
      dryRun: true,
    });
    const { conflict } = operation.plan.counts;
    if (conflict === 0) return operations.follow(() => api('POST /operations/{id}/start', { id: operation.id }), words);
    const { items, nextCursor } = await api('GET /operations/{id}/items', { id: operation.id, state: 'conflict' });
    const taken = items.filter((item) => item.error?.code === 'path_exists' || item.error?.code === 'path_is_folder');
    if (taken.length === 0) {
      if (conflict < operation.counts.total)
        return operations.follow(() => api('POST /operations/{id}/start', { id: operation.id }), words);
      const detail = missedSentence(await readMissed(operation), conflict);
      addToast({ kind: 'error', title: `${words.notDone}.`, detail });
      return null;
    }
    const count = nextCursor === null ? taken.length : conflict;
    const choice = await askAbout(ask, { items: taken, count, type, one: params.name !== undefined });
    if (choice === null) return null;
    return operations.run({ ...input, params: { ...params, ifExists: choice } }, words);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tellFailure(words.notDone, error);
    return null;
  }
}

function sameFolder(selection: TransferRequest['selection'], to: string): boolean {
  if (!('paths' in selection)) return false;
  return selection.paths.every((path) => path.replace(/[^/]*\/?$/, '') === to);
}

function askAbout(
  ask: ActionContext['ask'],
  question: { items: ClashItem[]; count: number; type: 'move' | 'copy'; one: boolean },
): Promise<TransferChoice | null> {
  return new Promise((resolve) => {
    ask((close) => (
      <TransferClashDialog
        {...question}
        onAnswer={(answer) => {
          resolve(answer);
          close();
        }}
      />
    ));
  });
}
