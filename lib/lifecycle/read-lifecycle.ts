import { createHash } from 'node:crypto';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { type LibraryContext, requireLibrary } from '#lib/libraries/require-library.ts';
import { getLifecycle, type StoredLifecycle } from '#lib/storage/bucket-lifecycle.ts';
import type { LifecycleSupport } from '#lib/storage/types.ts';
import type { MinimumSize } from './plan-fates.ts';
import type { TransitionClass } from './storage-classes.ts';
import { transitionClasses } from './storage-classes.ts';
import type { DocumentContext } from './to-stored-rules.ts';

/** Everything that the lifecycle features need to know of a library, asked from the store. */
export type LifecycleState = {
  library: LibraryContext;
  stored: StoredLifecycle;
  context: DocumentContext;
  classes: TransitionClass[];
  minimumSize: MinimumSize;
  revision: string;
};

/** A profile from before lifecycle was probed: removals only, until an admin probes again. */
const unknown: LifecycleSupport = { transitionClasses: [], oneTransitionPerRule: true, abortUploads: false };

/** @throws AppError not_found, forbidden, store_unavailable */
export async function readLifecycle(actor: Actor, slug: string): Promise<LifecycleState> {
  const library = await requireLibrary(actor, slug);
  requireLibraryAdmin(actor, library.id);
  const { lifecycle, lifecycleRules: support = unknown } = library.capabilities;
  const stored = lifecycle.supported ? await getLifecycle(library.bucket) : { rules: [], minimumObjectSize: null };
  return {
    library,
    stored,
    context: {
      slug: library.slug,
      rootPrefix: library.rootPrefix,
      oneTransitionPerRule: support.oneTransitionPerRule,
      abortUploads: support.abortUploads,
    },
    classes: transitionClasses.filter((name) => support.transitionClasses.includes(name)),
    minimumSize: minimumSizeOf(stored, library),
    revision: revisionOf(stored),
  };
}

/** AWS says which; a bucket of AWS without a document yet gets the default of new ones (s3-facts 4.3). */
function minimumSizeOf({ minimumObjectSize }: StoredLifecycle, library: LibraryContext): MinimumSize {
  if (minimumObjectSize === 'varies_by_storage_class') return 'varies';
  return minimumObjectSize || library.capabilities.product === 'aws' ? 'all' : 'none';
}

function revisionOf({ rules }: StoredLifecycle): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('base64url').slice(0, 22);
}
