'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { findVersionAt } from '#components/history/moment.ts';
import { useRestoreVersion } from '#components/versions/use-restore-version.tsx';
import { useVersions } from '#components/versions/use-versions.ts';
import type { AssetDetail, AssetEntry } from '#lib/assets/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { shownOf } from './plan-stage.ts';
import type { ViewerUrl } from './use-viewer-url.ts';

/**
 * The file that is open with its versions, the one that is shown, and the one that it is compared with.
 * @param at the moment whose version is shown unless the address asks for another; null: the current one
 */
export function useViewed(
  library: LibraryView,
  id: string,
  entry: AssetEntry | null,
  url: ViewerUrl,
  at: string | null,
) {
  const { data, error } = useQuery({
    queryKey: ['asset', id],
    queryFn: ({ signal }) => api('GET /assets/{id}', { id }, { signal }).then(({ asset }) => asset),
    staleTime: 30_000,
  });
  const { versions, earlier } = useVersions(id);
  const asset = useMemo(() => assetAt(data ?? null, entry, at), [data, entry, at]);
  const find = (versionId: string | null): VersionView | null =>
    versions.find((one) => one.versionId === versionId && !one.isDeleteMarker && one.removedAt === null) ?? null;
  const current = versions.find((one) => one.isCurrent) ?? null;
  // What stood there then may be gone, which is shown too.
  const usual = at === null ? current : findVersionAt(versions, at);
  const version = find(url.version) ?? usual;
  const against = find(url.against);
  const shown = useMemo(() => (asset ? shownOf(asset, version) : null), [asset, version]);
  const other = useMemo(() => (asset && against ? shownOf(asset, against) : null), [asset, against]);

  const restoring = useRestoreVersion({
    library: library.slug,
    assetId: id,
    versions,
    // What was restored is the current version now.
    onRestored: () => url.compare(null, null),
  });
  return {
    asset,
    detail: data ?? null,
    gone: (error instanceof ApiError && error.code === 'not_found') || (data && data.library !== library.slug),
    versions,
    /** Where it was before it was moved. */
    earlier,
    version,
    /** The one that is shown while the address asks for none. */
    usual,
    against: against && version && against.versionId !== version.versionId ? against : null,
    shown,
    other,
    right: {
      allowed: data?.allowed.restoreVersions ?? false,
      path: asset?.path ?? '',
      readOnlyReason: library.readOnlyReason,
    },
    restore: restoring.restore,
    restoring: restoring.busy !== null,
    /** What is asked before an archived version is restored; null while nothing is. */
    asking: restoring.dialog,
  };
}

/** Of the past, the list knows the version that stood there; what inspection found is that of the current one. */
function assetAt(
  data: AssetDetail | null,
  entry: AssetEntry | null,
  at: string | null,
): (AssetEntry & Partial<Pick<AssetDetail, 'media'>>) | null {
  if (at === null || !entry || !data) return data ?? entry;
  return { ...data, ...entry, media: data.versionId === entry.versionId ? data.media : null };
}
