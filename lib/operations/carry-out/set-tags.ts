import { db } from '#lib/db.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import type { StepOf } from '../steps.ts';
import { conflict, type StepContext, type StepResult } from './step-context.ts';

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
  const outcome = { kind: 'tagged', added: [], removed: [] } as const;
  return {
    state: 'done',
    outcome: { ...outcome, added: [], removed: [] },
    versionId: null,
    record: async (tx) => {
      const where = { libraryId: library.id, key: ref.key };
      const rows = await tx.tag.findMany({
        where: { ...where, name: { in: [...step.add, ...step.remove] } },
        select: { name: true },
      });
      const has = new Set(rows.map((row) => row.name));
      const added = step.add.filter((name) => !has.has(name));
      const removed = step.remove.filter((name) => has.has(name));
      await tx.tag.createMany({ data: added.map((name) => ({ ...where, name })), skipDuplicates: true });
      await tx.tag.deleteMany({ where: { ...where, name: { in: removed } } });
      await recordChange(tx, library.id, 'asset', asset.id, path);
      return { kind: 'tagged', added, removed };
    },
  };
}
