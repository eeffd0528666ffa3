import type { RoleName } from '#lib/auth/actor.ts';

type Place = { id: string; library: string; prefix: string; role: RoleName };

const rank: Record<RoleName, number> = { viewer: 1, contributor: 2, admin: 3 };

/**
 * The grant that makes `grant` do nothing: one on a folder above (or the library) with the same or a stronger role. The nearest
 * to the root of those with the strongest role; null when `grant` counts. The strongest role wins, wherever it was granted.
 */
export function findCoveringGrant<G extends Place>(grant: G, all: G[]): G | null {
  const covering = all.filter(
    (other) =>
      other.id !== grant.id &&
      other.library === grant.library &&
      other.prefix !== grant.prefix &&
      grant.prefix.startsWith(other.prefix) &&
      rank[other.role] >= rank[grant.role],
  );
  covering.sort((a, b) => rank[b.role] - rank[a.role] || a.prefix.length - b.prefix.length);
  return covering[0] ?? null;
}
