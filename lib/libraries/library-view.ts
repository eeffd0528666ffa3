import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { copyClasses } from '#lib/storage/copy-classes.ts';
import { whyNotClass } from '#lib/storage/why-not-class.ts';
import { type LibraryContext, readOnlyReason } from './require-library.ts';
import type { LibraryView } from './schema.ts';

/** A library as one person sees it. */
export function libraryView(actor: Actor, library: LibraryContext): LibraryView {
  return {
    slug: library.slug,
    name: library.name,
    bucket: library.bucket,
    rootPrefix: library.rootPrefix,
    rootRole: roleAt(actor, library.id, ''),
    prefixes: actor.grants
      .filter((grant) => grant.libraryId === library.id)
      .map(({ prefix, role }) => ({ prefix, role })),
    versioning: library.versioning,
    readOnlyReason: readOnlyReason(library),
    uploadsRefusedReason: uploadsRefusedReason(library),
    reclassRefusedReason: reclassRefusedReason(library),
    failingGuardrails: roleAt(actor, library.id, '') === 'admin' ? library.failingGuardrails : 0,
  };
}

/** Why no upload is signed: a browser could make this store copy what the signer may read (DESIGN section 10). */
export function uploadsRefusedReason(library: LibraryContext): string | null {
  const { verdict, detail } = library.capabilities.headerSmuggling;
  return verdict === 'unsafe' ? `Uploads are off: ${detail}` : null;
}

/** Why changing storage classes is greyed: the store takes copies into Standard at most, or was not asked. */
function reclassRefusedReason({ capabilities }: LibraryContext): string | null {
  const others = copyClasses.filter((name) => name !== 'STANDARD');
  if (others.some((name) => whyNotClass(capabilities, name) === null)) return null;
  return capabilities.storageClasses
    ? 'This store keeps files in no other storage class than Standard'
    : 'This store was not asked yet which storage classes it takes. Probe it again, under Store';
}
