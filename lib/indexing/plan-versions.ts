import type { ListedVersion } from '#lib/storage/types.ts';

/** A version row as the index holds it, in any order. */
export type KnownVersion = {
  id: bigint;
  versionId: string;
  seq: number;
  isDeleteMarker: boolean;
  size: bigint;
  etag: string | null;
  storageClass: string | null;
  modifiedAt: Date;
  validFrom: Date;
  validTo: Date | null;
  removedAt: Date | null;
};

/** A row as it should be. `id` null: insert. `known` null means that everything about it is new. */
export type PlannedVersion = Omit<KnownVersion, 'id'> & { id: bigint | null; changed: boolean };

/**
 * The version rows of one key after a listing, oldest first, with what changed.
 *
 * - `listed` is the store's own order, newest first: LastModified is not monotone and has ties (s3-facts 3.4), so nothing is sorted here.
 * - A version that is no longer listed stays, at its place, with `removedAt`: it is said to be gone.
 * - A `null` version that holds other content under the same id is a new version, and the old content is gone.
 * - `validFrom` never runs backwards along the present versions; `validTo` is the next present one's `validFrom`.
 *   A removed version's time ends where its successor's began, or when it was removed.
 */
export function planVersions(known: KnownVersion[], listed: ListedVersion[], now: Date): PlannedVersion[] {
  const present = new Map(known.filter((row) => row.removedAt === null).map((row) => [row.versionId, row]));
  const kept = new Set<bigint>();
  const fresh: PlannedVersion[] = [...listed].reverse().map((version) => {
    const row = present.get(version.versionId);
    const same = row !== undefined && sameContent(row, version);
    if (same) kept.add(row.id);
    return {
      id: same ? row.id : null,
      versionId: version.versionId,
      seq: same ? row.seq : 0,
      isDeleteMarker: version.isDeleteMarker,
      size: BigInt(version.size),
      etag: version.etag,
      storageClass: version.storageClass,
      modifiedAt: version.modifiedAt,
      validFrom: version.modifiedAt,
      validTo: null,
      removedAt: null,
      changed:
        !same || row.storageClass !== version.storageClass || row.modifiedAt.getTime() !== version.modifiedAt.getTime(),
    };
  });

  const order = weaveRemoved(
    fresh,
    [...known]
      .sort((a, b) => a.seq - b.seq)
      .map((row) => (kept.has(row.id) ? row : { ...row, removedAt: row.removedAt ?? now })),
    kept,
  );
  return withTimes(order, known);
}

function sameContent(row: KnownVersion, version: ListedVersion): boolean {
  return (
    row.isDeleteMarker === version.isDeleteMarker &&
    row.etag === version.etag &&
    row.size === BigInt(version.size) &&
    wholeSecond(row.modifiedAt) === wholeSecond(version.modifiedAt)
  );
}

/** A row may come from a HEAD, whose time has no milliseconds (HTTP date), and a listing of the same version has them (MinIO). */
const wholeSecond = (time: Date) => Math.floor(time.getTime() / 1000);

/** Puts each removed row back after the kept row that it used to follow. */
function weaveRemoved(fresh: PlannedVersion[], known: KnownVersion[], kept: Set<bigint>): PlannedVersion[] {
  const after = new Map<bigint | null, PlannedVersion[]>();
  let anchor: bigint | null = null;
  for (const row of known) {
    if (kept.has(row.id)) {
      anchor = row.id;
      continue;
    }
    const group = after.get(anchor) ?? [];
    group.push({ ...row, changed: false });
    after.set(anchor, group);
  }
  const order = [...(after.get(null) ?? [])];
  for (const version of fresh) {
    order.push(version);
    if (version.id !== null) order.push(...(after.get(version.id) ?? []));
  }
  return order;
}

function withTimes(order: PlannedVersion[], known: KnownVersion[]): PlannedVersion[] {
  const before = new Map(known.map((row) => [row.id, row]));
  let lastPresent: PlannedVersion | null = null;
  for (const version of order) {
    if (version.removedAt !== null) continue;
    if (lastPresent) {
      if (version.validFrom < lastPresent.validFrom) version.validFrom = lastPresent.validFrom;
      lastPresent.validTo = version.validFrom;
    }
    version.validTo = null;
    lastPresent = version;
  }
  for (const [index, version] of order.entries()) {
    if (version.removedAt === null) continue;
    version.validTo = order[index + 1]?.validFrom ?? version.removedAt;
  }
  for (const [index, version] of order.entries()) {
    version.seq = index + 1;
    const row = version.id === null ? undefined : before.get(version.id);
    version.changed ||=
      !row ||
      row.seq !== version.seq ||
      row.validFrom.getTime() !== version.validFrom.getTime() ||
      row.validTo?.getTime() !== version.validTo?.getTime() ||
      row.removedAt?.getTime() !== version.removedAt?.getTime();
  }
  return order;
}
