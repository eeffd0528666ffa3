import { db } from '#lib/db.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { writeDocument } from '#lib/storage/bucket-documents.ts';
import { withoutBucket } from './policy.ts';
import { guardrailWorld, readUserPolicies } from './read-guardrail-state.ts';

/**
 * Takes the statements about a removed library's bucket, which guardrails put there, out of the policies of the store's users. The bucket's own
 * documents stay: they protect what is in it. Nothing is done while another library lives in the bucket, and where this process may not
 * write user policies. For the worker.
 * @throws AppError store_unavailable: the job is tried again
 */
export async function dropUserStatements(libraryId: bigint): Promise<void> {
  const library = await requireLibraryById(libraryId);
  const { storeId } = await db().library.findUniqueOrThrow({ where: { id: libraryId }, select: { storeId: true } });
  const others = await db().library.count({ where: { storeId, bucket: library.bucket, removedAt: null } });
  const world = guardrailWorld(library);
  if (others > 0 || !world.mayWriteUserPolicies || library.capabilities.policies?.binds !== 'user') return;
  for (const { name, content } of await readUserPolicies(world)) {
    const after = withoutBucket(content, library.bucket);
    if (after.Statement.length < content.Statement.length) await writeDocument({ kind: 'user-policy', name }, after);
  }
}
