'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { findVersionAt } from '#components/history/moment.ts';
import { useOperations } from '#components/trash/use-operations.tsx';
import { useVersions } from '#components/versions/use-versions.ts';
import { nextNumber } from '#components/versions/version-words.ts';
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

  const operations = useOperations(library.slug);
  const [restoring, setRestoring] = useState(false);
  const restore = async (wanted: VersionView) => {
    if (restoring) return;
    setRestoring(true);
    const name = `Version ${wanted.number}`;
    const done = await operations.run(
      { type: 'restore-version', selection: { ids: [id] }, params: { versionId: wanted.versionId } },
      {
        doing: `Restoring version ${wanted.number}`,
        done: `${name} restored as version ${nextNumber(versions)}`,
        notDone: `${name} was not restored`,
      },
    );
    setRestoring(false);
    // What was restored is the current version now.
    if (done?.state === 'succeeded') url.compare(null, null);
  };
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
    restore: (wanted: VersionView) => void restore(wanted),
    restoring,
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
