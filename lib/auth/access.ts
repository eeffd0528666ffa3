import { AppError, notFound } from '#lib/errors.ts';
import type { Actor, RoleName } from './actor.ts';

const rank: Record<RoleName, number> = { viewer: 1, contributor: 2, admin: 3 };

/** The strongest role that the actor's grants give on a path; a grant covers what starts with its prefix, at "/" boundaries. */
export function roleAt(actor: Actor, libraryId: bigint, path: string): RoleName | null {
  let best: RoleName | null = null;
  for (const grant of actor.grants) {
    if (grant.libraryId !== libraryId || !path.startsWith(grant.prefix)) continue;
    if (!best || rank[grant.role] > rank[best]) best = grant.role;
  }
  return best;
}

export function hasRole(actor: Actor, libraryId: bigint, path: string, role: RoleName): boolean {
  const held = roleAt(actor, libraryId, path);
  return held !== null && rank[held] >= rank[role];
}

/**
 * Asks one role on a whole set of paths.
 * @throws AppError not_found when one of them may not even be seen, forbidden when it may be seen but the role is too weak.
 */
export function requireRole(actor: Actor, libraryId: bigint, paths: string[], role: RoleName): void {
  for (const path of paths) {
    const held = roleAt(actor, libraryId, path);
    if (!held) throw notFound('The folder or file');
    if (rank[held] < rank[role]) {
      throw new AppError(
        'forbidden',
        `This needs the role ${role} on ${path || 'the whole library'}; you are ${held}.`,
      );
    }
  }
}

/** Whether the path lies on the way from the root to something granted: it may be walked through, but shows no rollups and no neighbours. */
export function isOnTheWay(actor: Actor, libraryId: bigint, folderPath: string): boolean {
  return actor.grants.some((grant) => grant.libraryId === libraryId && grant.prefix.startsWith(folderPath));
}

/** The granted prefixes of a library at or above `role`, without those inside another one. */
export function grantedPrefixes(actor: Actor, libraryId: bigint, role: RoleName = 'viewer'): string[] {
  const prefixes = actor.grants
    .filter((grant) => grant.libraryId === libraryId && rank[grant.role] >= rank[role])
    .map((grant) => grant.prefix);
  return [...new Set(prefixes)].filter(
    (prefix) => !prefixes.some((other) => other !== prefix && prefix.startsWith(other)),
  );
}

/** Lifecycle, people and settings belong to admins of a library's root. @throws AppError not_found or forbidden */
export function requireLibraryAdmin(actor: Actor, libraryId: bigint): void {
  if (!actor.grants.some((grant) => grant.libraryId === libraryId)) throw notFound('The library');
  if (!hasRole(actor, libraryId, '', 'admin'))
    throw new AppError('forbidden', 'This needs the role admin on the whole library.');
}

/** People and stores belong to admins of any library's root. @throws AppError forbidden */
export function requireAnyLibraryAdmin(actor: Actor): void {
  if (!actor.grants.some((grant) => grant.prefix === '' && grant.role === 'admin')) {
    throw new AppError('forbidden', 'This needs the role admin on a whole library.');
  }
}
