import type { Actor } from '#lib/auth/actor.ts';
import { reconcileLibrary } from '#lib/indexing/reconcile/reconcile-library.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { getOperation } from '#lib/operations/get-operation.ts';
import { runOperation } from '#lib/operations/run-operation.ts';
import { runPlannedOperation } from '#lib/operations/run-planned-operation.ts';
import type { OperationView } from '#lib/operations/schema.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { undoOperation } from '#lib/operations/undo-operation.ts';
import type { DrilledStrata } from './run-drill.ts';

/** Strata's own functions in this process, what the worker does among them. */
export function strataHere(library: LibraryContext, actor: Actor): DrilledStrata {
  /** More than fifty items wait for a worker: this process is it. */
  const ended = async ({ id }: OperationView): Promise<OperationView> => {
    await runOperation(BigInt(id));
    return (await getOperation(actor, { id })).operation;
  };
  return {
    async reconcile() {
      await reconcileLibrary(library.id);
    },
    async restore(folder, at) {
      const selection = { paths: [folder] };
      const input = {
        library: library.slug,
        type: 'restore-to-time',
        selection,
        params: { at },
        dryRun: true,
      } as const;
      const { operation } = await startOperation(actor, input);
      return ended((await runPlannedOperation(actor, { id: operation.id })).operation);
    },
    async undo(id) {
      return ended((await undoOperation(actor, { id })).operation);
    },
  };
}
