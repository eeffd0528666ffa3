import type { Actor } from './actor.ts';

/** The library under whose activity a person's doings with their own account are filed: the first one granted to them, or none. */
export function homeLibrary(actor: Pick<Actor, 'grants'>): bigint | null {
  const ids = actor.grants.map((grant) => grant.libraryId).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return ids[0] ?? null;
}
