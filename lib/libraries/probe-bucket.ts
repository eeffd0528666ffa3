import { requireAnyLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { probeAdoption } from '#lib/storage/probe-adoption.ts';
import type { StoreCapabilities } from '#lib/storage/types.ts';
import { requireOwnStore } from './own-store.ts';
import { planFindings } from './plan-findings.ts';
import { findOverlap, planRoot, type Root, suggestSlug } from './plan-root.ts';
import type { BucketProbe, Finding } from './schema.ts';

/**
 * Looks at a bucket before it is added, and says what it found. Nothing in it is written.
 * @throws AppError forbidden, invalid_request for a name that no bucket has, store_unavailable
 */
export async function probeBucket(actor: Actor, input: Root): Promise<{ probe: BucketProbe }> {
  requireAnyLibraryAdmin(actor);
  const root = requireRoot(input);
  const overlap = await findOverlapFinding(actor, root);
  // What lies there is another library's business.
  const probe = overlap ? null : await probeAdoption(root.bucket, root.rootPrefix);
  const findings = overlap ? [overlap] : [];
  if (probe) {
    const { bucketCors } = (await requireOwnStore(db())).capabilities as StoreCapabilities;
    const origin = new URL(env().APP_URL).origin;
    findings.push(...planFindings(probe, { ...root, origin, corsByBucket: bucketCors.supported }));
  }
  const sample = probe && 'list' in probe && 'answer' in probe.list ? probe.list.answer : null;
  const name = root.rootPrefix ? root.rootPrefix.slice(0, -1) : root.bucket;
  return {
    probe: {
      ...root,
      findings,
      adoptable: findings.every(({ verdict }) => verdict !== 'fail'),
      size: sample && {
        files: sample.live,
        versions: sample.versions,
        bytes: sample.bytes,
        complete: sample.complete,
      },
      suggested: { name: name.split('/').at(-1) ?? name, slug: suggestSlug(name) },
    },
  };
}

/** @throws AppError invalid_request that names the field */
export function requireRoot(input: Root): Root {
  const planned = planRoot(input);
  if ('root' in planned) return planned.root;
  const errors = [{ path: planned.field, message: planned.problem }];
  throw new AppError('invalid_request', planned.problem, { errors });
}

/** A library that is there already and would share keys. Who administers it learns its name; others only that it is so. */
export async function findOverlapFinding(
  actor: Actor,
  root: Root,
  tx: Pick<ReturnType<typeof db>, 'library' | 'store'> = db(),
): Promise<Finding | null> {
  const { id: storeId } = await requireOwnStore(tx);
  const others = await tx.library.findMany({
    where: { storeId, bucket: root.bucket, removedAt: null },
    select: { id: true, name: true, bucket: true, rootPrefix: true },
  });
  const found = findOverlap(others, root);
  if (!found) return null;
  const known = actor.grants.some(({ libraryId }) => libraryId === found.id);
  const where = found.rootPrefix ? `${found.bucket}/${found.rootPrefix}` : found.bucket;
  const detail = known
    ? `The library ${found.name} shows ${where}, so both would hold the same files. Choose another folder, or remove that library first.`
    : 'A library that you do not see shows this place or a part of it. Ask its admin.';
  return { key: 'overlap', verdict: 'fail', label: 'No other library shows these files', detail };
}
