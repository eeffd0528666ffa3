import { safeNumber } from '#lib/assets/safe-number.ts';
import { db } from '#lib/db.ts';
import type { Fate } from '#lib/lifecycle/find-fates.ts';
import type { FateVersion } from '#lib/lifecycle/plan-fates.ts';
import type { FateView } from './schema.ts';

type Row = {
  assetId: bigint;
  versionId: string;
  isDeleteMarker: boolean;
  size: bigint;
  modifiedAt: Date;
  storageClass: string | null;
};

/** The versions and markers of some assets that the store still has, newest first, as lifecycle looks at them. */
export async function readFateVersions(assetIds: bigint[]): Promise<Map<bigint, FateVersion[]>> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT "assetId", "versionId", "isDeleteMarker", "size", "modifiedAt", "storageClass" FROM "Version"
    WHERE "assetId" = ANY(${assetIds}) AND "removedAt" IS NULL ORDER BY "assetId", "seq" DESC`;
  const byAsset = new Map<bigint, FateVersion[]>();
  for (const { assetId, size, modifiedAt, storageClass, ...version } of rows) {
    const versions = byAsset.get(assetId) ?? [];
    versions.push({
      ...version,
      size: safeNumber(size),
      modifiedAt: modifiedAt.getTime(),
      storageClass: storageClass ?? 'STANDARD',
    });
    byAsset.set(assetId, versions);
  }
  return byAsset;
}

/** A fate as the API tells it; null: not known. */
export function fateView(fate: Fate | undefined): FateView | null {
  if (!fate) return null;
  const { at, rule, trash } = fate;
  return { at: at?.toISOString() ?? null, rule, trash: trash && { at: trash.at.toISOString(), rule: trash.rule } };
}
