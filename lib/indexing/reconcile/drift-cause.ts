import type { VersionFact } from './version-facts.ts';

/** Why the index and the bucket differ about a key, in one word each. Stored in runs: append, never rename. */
export const driftCauses = [
  /** The bucket holds a key that the index does not know. */
  'added',
  /** A version was written that the index missed. */
  'version-added',
  /** A delete marker was put. */
  'trashed',
  /** Delete markers were taken away. */
  'brought-back',
  /** A version that the index knows was destroyed, others remain. */
  'version-removed',
  /** Nothing of the key is left. */
  'removed',
  /** The `null` version holds other content under the same id: versioning was off or suspended. */
  'content-changed',
  /** A version was moved to another storage class. */
  'class-changed',
  /** The versions agree, but not their order or what the index derived from them. */
  'details-changed',
] as const;
export type DriftCause = (typeof driftCauses)[number];

/**
 * The weightiest difference between two histories of one key, both newest first; null when they agree.
 * What happened last on top is told before what is missing below.
 */
export function findDriftCause(known: VersionFact[], listed: VersionFact[]): DriftCause | null {
  if (known.length === 0) return listed.length === 0 ? null : 'added';
  if (listed.length === 0) return 'removed';
  const before = new Map(known.map((fact) => [fact.versionId, fact]));
  const after = new Map(listed.map((fact) => [fact.versionId, fact]));
  const top = listed[0] as VersionFact;
  if (!before.has(top.versionId)) return top.isDeleteMarker ? 'trashed' : 'version-added';
  if (listed.some((fact) => !sameContent(fact, before.get(fact.versionId) ?? fact))) return 'content-changed';
  if (listed.some((fact) => !before.has(fact.versionId))) return 'version-added';
  const gone = known.filter((fact) => !after.has(fact.versionId));
  if (gone.length > 0) return gone.every((fact) => fact.isDeleteMarker) ? 'brought-back' : 'version-removed';
  if (listed.some((fact) => fact.storageClass !== before.get(fact.versionId)?.storageClass)) return 'class-changed';
  return listed.some((fact, at) => fact.versionId !== known[at]?.versionId) ? 'details-changed' : null;
}

function sameContent(a: VersionFact, b: VersionFact): boolean {
  return (
    a.isDeleteMarker === b.isDeleteMarker && a.size === b.size && a.etag === b.etag && a.modifiedAt === b.modifiedAt
  );
}
