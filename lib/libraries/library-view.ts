import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
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
    failingGuardrails: roleAt(actor, library.id, '') === 'admin' ? library.failingGuardrails : 0,
  };
}

/** Why no upload is signed: a browser could make this store copy what the signer may read (DESIGN section 10). */
export function uploadsRefusedReason(library: LibraryContext): string | null {
  const { verdict, detail } = library.capabilities.headerSmuggling;
  return verdict === 'unsafe' ? `Uploads are off: ${detail}` : null;
}
