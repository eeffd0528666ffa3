import { toKey, toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { gatherPages } from '#lib/storage/gather-pages.ts';
import { listVersionKeys } from '#lib/storage/list-version-keys.ts';
import { emptyTally } from '../drift/tally.ts';
import { takeTicket } from '../take-ticket.ts';
import { returnShard, type ShardClaim, saveProgress } from './claim-shard.ts';
import { reconcileWindow } from './reconcile-window.ts';

export type RunKind = 'first' | 'check' | 'rebuild';

/**
 * Compares one shard from its checkpoint to its end, window by window. What was done before an abort or an error is kept, and the shard is
 * given back.
 * @throws ShardLost, AppError store_unavailable, database_unavailable, the signal's reason
 */
export async function runShard(
  claim: ShardClaim,
  run: { library: LibraryContext; kind: RunKind; repair: boolean },
  signal?: AbortSignal,
): Promise<void> {
  const { library } = run;
  try {
    // One for the whole listing, not one a page: later pages may tell what MinIO read when it began.
    const ticket = await takeTicket();
    let after = claim.checkpoint ?? claim.after;
    const pages = listVersionKeys({
      bucket: library.bucket,
      prefix: library.rootPrefix,
      after: after === '' ? null : toKey(library, after),
      upTo: claim.upTo === null ? null : toKey(library, claim.upTo),
      signal,
    });
    for await (const page of gatherPages(pages)) {
      const last = page.upTo === null ? claim.upTo : storable(toPath(library, page.upTo) ?? '');
      const window = { keys: page.keys, after, upTo: last };
      // A first listing and a rebuild have nothing to compare with.
      const tally = run.kind === 'check' ? emptyTally() : undefined;
      const found = await reconcileWindow({ library, ticket, repair: run.repair, tally, signal }, window);
      // While the bucket is listed for the first time, everything is new and nothing of it a fault.
      const told = found.differences.filter(({ cause }) => run.kind === 'check' || cause !== 'added');
      await saveProgress(claim, page.upTo === null ? null : last, {
        ...found,
        tally,
        differences: told.map((one) => ({ ...one, repaired: run.repair && one.cause !== 'unreadable' })),
      });
      if (last !== null) after = last;
    }
  } catch (error) {
    await returnShard(claim);
    throw error;
  } finally {
    claim.release();
  }
}

/**
 * A place in the key order that Postgres can hold. No path of the index has a NUL, and NUL sorts before everything, so what lies beyond
 * "a\u0000b" is what lies beyond "a".
 */
const storable = (path: string) => path.split('\u0000', 1)[0] as string;
