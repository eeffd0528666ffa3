'use client';

import { useQuery } from '@tanstack/react-query';
import { Download, Ellipsis, FileSearch, History, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { Moment } from '#components/history/moment-text.tsx';
import { PastNote } from '#components/history/past-flag.tsx';
import { RestoreToMomentButton } from '#components/history/restore-to-moment-button.tsx';
import { TagsSection } from '#components/organise/tags-section.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes, formatDimensions, formatPlayTime } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import { VersionHistory } from '#components/versions/version-history.tsx';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import type { ActionContext } from './actions/action.ts';
import { actionMenu } from './actions/action-menu.ts';
import { chosenOf } from './actions/chosen.ts';
import { moveToTrash } from './actions/trash.tsx';
import { AssetFacts } from './asset-facts.tsx';
import { AssetLook } from './asset-look.tsx';
import type { BrowseOptions } from './browse-href.ts';
import { download } from './content-url.ts';
import { shownName } from './entry-key.ts';
import { kindLabel } from './kind-label.tsx';

export interface DetailsPanelProps {
  library: LibraryView;
  id: string;
  /** What the listing knows already, so that the panel has its words before the answer. */
  entry: AssetEntry | null;
  actions: ActionContext;
  options: BrowseOptions;
  onClose: () => void;
}

/** One file: what it looks like, its facts, and its layers. */
export function DetailsPanel({ library, id, entry, actions, options, onClose }: DetailsPanelProps) {
  const phone = usePhone();
  const [peek, setPeek] = useState<VersionView | null>(null);
  const { data, error } = useQuery({
    queryKey: ['asset', id],
    queryFn: ({ signal }) => api('GET /assets/{id}', { id }, { signal }).then(({ asset }) => asset),
    staleTime: 30_000,
  });
  const { at } = actions;
  // Of the past, the list knows which version stood there.
  const asset = at === null ? (data ?? entry) : data && entry ? { ...data, ...entry } : (entry ?? data);
  const failure = error instanceof ApiError && !data ? error : null;
  if (failure?.code === 'not_found' || (data && data.library !== library.slug))
    return (
      <SidePanel label="Details" onClose={onClose}>
        <CloseOnly onClose={onClose} hidden={phone} />
        <EmptyState icon={<FileSearch />} title="Nothing here that you may see">
          The file does not exist, or it needs a grant.
        </EmptyState>
      </SidePanel>
    );
  if (!asset)
    return (
      <SidePanel label="Details" onClose={onClose}>
        {failure && <p className="text-fg-2">{failure.detail}</p>}
      </SidePanel>
    );
  // Hovering a layer shows that version in the picture above.
  const shown = peek
    ? {
        ...asset,
        versionId: peek.versionId,
        size: peek.size,
        contentType: peek.contentType ?? asset.contentType,
        thumbnailUrl: peek.thumbnailUrl,
        thumbhash: peek.thumbhash,
      }
    : asset;
  const name = shownName(asset);
  const facts = factLine(asset);
  return (
    <SidePanel label={phone ? name : 'Details'} description={phone ? facts : undefined} onClose={onClose}>
      <AssetLook asset={shown} gone={!peek && Boolean(asset.since?.removedAt)} />
      {!phone && (
        <>
          <div className="mt-3 flex items-center gap-2">
            <h2 className="min-w-0 flex-1 text-title" aria-label={name}>
              <MiddleTruncate name={name} />
            </h2>
            <IconButton label="Close" keys="Esc" size="mini" icon={<X />} onClick={onClose} className="-mr-1" />
          </div>
          <p className="mt-px text-meta text-fg-3 tabular-nums">{facts}</p>
        </>
      )}
      {at !== null && (
        <p className="mt-2 flex flex-wrap items-center gap-1.5">
          <Badge tone="past" icon={<History aria-hidden="true" />}>
            As of <Moment at={at} />
          </Badge>
          <PastNote entry={asset} />
        </p>
      )}
      {at === null && data?.state === 'trashed' && (
        <p className="mt-2 text-fg-2">
          In the trash
          {data.trashedAt && (
            <>
              {' '}
              since <Time at={data.trashedAt} />
            </>
          )}
          .
        </p>
      )}
      {at === null && data?.state === 'gone' && (
        <p className="mt-2 text-fg-2">Every version of this file is gone from the store.</p>
      )}
      <div className="mt-3 flex items-center gap-1.5">
        {data?.state !== 'gone' && !asset.since?.removedAt && (
          <Button icon={<Download />} onClick={() => download([asset])}>
            Download
          </Button>
        )}
        {at !== null && entry && <RestoreToMomentButton library={library} paths={[entry.path]} what={name} at={at} />}
        {at === null && (data?.state ?? 'live') === 'live' && (
          <>
            <span className="flex-1" />
            <IconButton
              label="Move to trash"
              keys="Del"
              icon={<Trash2 />}
              disabledReason={moveToTrash.whyNot?.(chosenOf([asset]), actions)}
              onClick={() => moveToTrash.run(chosenOf([asset]), actions)}
            />
            <Menu
              label={name}
              items={() => actionMenu(chosenOf([asset]), actions, ['details', 'versions'])}
              trigger={<IconButton label="More" icon={<Ellipsis />} />}
            />
          </>
        )}
      </div>
      {data && (
        <div className="mt-3.5">
          <VersionHistory asset={data} readOnlyReason={library.readOnlyReason} onPeek={setPeek} at={at} />
        </div>
      )}
      {at === null && data?.state === 'live' && <TagsSection asset={data} context={actions} />}
      {data && (!asset.since || data.versionId === asset.versionId) && (
        <AssetFacts asset={data} library={library} options={options} />
      )}
    </SidePanel>
  );
}

function CloseOnly({ onClose, hidden }: { onClose: () => void; hidden: boolean }) {
  if (hidden) return null;
  return (
    <div className="flex justify-end">
      <IconButton label="Close" keys="Esc" size="mini" icon={<X />} onClick={onClose} className="-mr-1" />
    </div>
  );
}

/** "Photo, 9.4 MB, 6000 x 3840" */
function factLine(asset: AssetEntry): string {
  return [
    kindLabel(asset),
    formatBytes(asset.size),
    asset.width && asset.height ? formatDimensions(asset.width, asset.height) : null,
    asset.durationMs ? formatPlayTime(asset.durationMs) : null,
  ]
    .filter(Boolean)
    .join(', ');
}
