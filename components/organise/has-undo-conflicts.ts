import { api } from '#lib/http/api-client.ts';
import { planUndoTold } from './plan-undo-told.ts';

/**
 * Whether the world has moved on for some file of one change, so that its undo has to be asked about first. A change of which nothing can be
 * undone is none: trying it tells why.
 * @throws ApiError
 */
export async function hasUndoConflicts(library: string, operation: string): Promise<boolean> {
  const { results } = await api('POST /libraries/{library}/undo', {
    library,
    operations: [operation],
    uploads: [],
    dryRun: true,
  });
  return planUndoTold(results).conflicts > 0;
}
