import { db } from '#lib/db.ts';
import { changeTags } from '../change-tags.ts';
import type { StepOf } from '../steps.ts';
import type { StepContext } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/**
 * Tags are ours alone: nothing goes to the store. Written with the journal in one transaction, so that what changed is known
 * exactly, and a repeated item finds nothing to do.
 */
export async function setTags(context: StepContext, step: StepOf<'set-tags'>): Promise<StepResult> {
  const { library, path, ref } = context;
  const asset = await db().asset.findUnique({
    where: { libraryId_path: { libraryId: library.id, path } },
    select: { id: true, state: true },
  });
  if (!asset || asset.state === 'gone') return conflict('not_found', 'It is no longer there.');
  context.requireRight();
  return {
    state: 'done',
    outcome: { kind: 'tagged', added: [], removed: [] },
    versionId: null,
    record: async (tx) => {
      const made = await changeTags(tx, library.id, [{ key: ref.key, path, assetId: asset.id, step }]);
      return made.map((changed) => ({ kind: 'tagged', ...changed }));
    },
  };
}
