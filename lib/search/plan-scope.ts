import { grantedPrefixes, roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';

/**
 * Where an actor may look, at or below a folder: the folder itself, or the grants inside it when only parts of it are theirs.
 * @param path "" or a folder path ending in "/"
 * @returns prefixes none of which lies in another one; none when nothing there is theirs
 */
export function planScope(actor: Actor, libraryId: bigint, path: string): string[] {
  if (roleAt(actor, libraryId, path) !== null) return [path];
  return grantedPrefixes(actor, libraryId).filter((prefix) => prefix.startsWith(path));
}
