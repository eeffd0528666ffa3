'use client';

import { useQuery } from '@tanstack/react-query';
import { Download, Ellipsis, FileSearch, ListChecks, Trash2, X } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes, formatCount, formatDimensions, formatPlayTime, formatPlural } from '#components/ui/format.ts';
import { capitalise } from '#components/ui/format-time.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { Facts, PanelSection, SidePanel } from '#components/ui/side-panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { usePhone } from '#components/ui/use-media.ts';
import { VersionList } from '#components/versions/version-list.tsx';
import type { AssetDetail, AssetEntry, Entry } from '#lib/assets/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { foldersAbove, nameOf } from '#lib/libraries/path-rules.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { type BrowseOptions, browseHref } from './browse-href.ts';
import { contentUrl, download, panelPreviewBytes } from './content-url.ts';
import { type EntryActions, entryMenu } from './entry-actions.tsx';
import { isAsset, shownName } from './entry-key.ts';
import { kindIcon, kindLabel, kindPlural } from './kind-label.tsx';
import { Preview } from './preview.tsx';
import { StorageClass } from './storage-class.tsx';

export interface DetailsPanelProps {
  library: LibraryView;
  id: string;
  /** What the listing knows already, so that the panel has its words before the answer. */
  entry: AssetEntry | null;
  actions: EntryActions;
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
  const asset = data ?? entry;
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
    ? { ...asset, versionId: peek.versionId, size: peek.size, contentType: peek.contentType ?? asset.contentType }
    : asset;
  const name = shownName(asset);
  const facts = factLine(asset);
  return (
    <SidePanel label={phone ? name : 'Details'} description={phone ? facts : undefined} onClose={onClose}>
      <Look asset={shown} />
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
      {data?.state === 'trashed' && (
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
      {data?.state === 'gone' && <p className="mt-2 text-fg-2">Every version of this file is gone from the store.</p>}
      <div className="mt-3 flex items-center gap-1.5">
        {data?.state !== 'gone' && (
          <Button icon={<Download />} onClick={() => download([asset])}>
            Download
          </Button>
        )}
        {(data?.state ?? 'live') === 'live' && (
          <>
            <span className="flex-1" />
            <IconButton
              label="Move to trash"
              keys="Del"
              icon={<Trash2 />}
              disabledReason={actions.whyNoTrash([asset])}
              onClick={() => actions.trash([asset])}
            />
            <Menu
              label={name}
              items={() =>
                entryMenu([asset], actions).filter(
                  (item) => !('id' in item) || !['open', 'details', 'versions'].includes(item.id),
                )
              }
              trigger={<IconButton label="More" icon={<Ellipsis />} />}
            />
          </>
        )}
      </div>
      {data && (
        <div className="mt-3.5">
          <VersionList asset={data} readOnlyReason={library.readOnlyReason} onPeek={setPeek} />
        </div>
      )}
      {data && <About asset={data} library={library} options={options} />}
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

/** The picture; a film and a sound with the browser's own player. */
function Look({ asset }: { asset: AssetEntry }) {
  const slot = 'h-34 w-full rounded-3 max-sm:h-52';
  const address = contentUrl(asset, 'inline');
  if (asset.kind === 'video' && asset.size > 0)
    return (
      // biome-ignore lint/a11y/useMediaCaption: the film is the user's own; there is no caption track
      <video
        key={address}
        src={address}
        controls
        preload="metadata"
        playsInline
        className={`${slot} bg-stage object-contain`}
      />
    );
  if (asset.kind === 'audio' && asset.size > 0)
    return (
      <div className={`${slot} grid place-items-center gap-2 bg-sunken p-3 text-fg-3 inset-shadow-line [&>svg]:size-6`}>
        {kindIcon('audio')}
        {/* biome-ignore lint/a11y/useMediaCaption: as above */}
        <audio key={address} src={address} controls preload="metadata" className="h-8 w-full" />
      </div>
    );
  return (
    <Preview
      asset={asset}
      most={panelPreviewBytes}
      className={slot}
      fallback={<span className="[&>svg]:size-6 [&>svg]:stroke-[1.6]">{kindIcon(asset.kind)}</span>}
    />
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

function About({ asset, library, options }: { asset: AssetDetail; library: LibraryView; options: BrowseOptions }) {
  const rows: [string, ReactNode][] = [
    ['Location', <Location key="location" asset={asset} library={library} options={options} />],
    ['Modified', <Time key="modified" at={asset.modifiedAt} capital />],
    ['Type', <Copy key="type" text={asset.contentType ?? 'unknown'} />],
    ['Size', `${formatBytes(asset.size)} (${formatPlural(asset.size, 'byte')})`],
    ['Class', <StorageClass key="class" name={asset.storageClass} />],
    ...(asset.crc64nvme
      ? ([['CRC64NVME', <Copy key="crc" text={asset.crc64nvme} code />]] as [string, ReactNode][])
      : []),
    ['Version id', <Copy key="version" text={asset.versionId} code />],
    ...(asset.irregular
      ? ([['Note', 'This name breaks the rules for new files. It can be looked at and moved to trash.']] as [
          string,
          ReactNode,
        ][])
      : []),
  ];
  return (
    <PanelSection title="About" className="mt-3">
      <Facts rows={rows} />
    </PanelSection>
  );
}

/** The folders above, each a link. */
function Location({ asset, library, options }: { asset: AssetEntry; library: LibraryView; options: BrowseOptions }) {
  const folders = ['', ...foldersAbove(asset.path)];
  return (
    <bdi>
      {folders.map((path, at) => (
        <Fragment key={path}>
          {at > 0 && ' / '}
          <Link href={browseHref(library.slug, path, options)} className="rounded-1 hover:underline">
            {path === '' ? library.name : nameOf(path) || '(no name)'}
          </Link>
        </Fragment>
      ))}
    </bdi>
  );
}

/** A fact that is copied by a click. */
function Copy({ text, code }: { text: string; code?: boolean }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      addToast({ title: 'Copied', key: 'copied' });
    } catch {
      // Without a secure context there is no clipboard; the text can be selected.
      addToast({
        kind: 'error',
        title: 'Not copied',
        detail: 'This browser does not let pages write to the clipboard. Select the text instead.',
        key: 'copied',
      });
    }
  };
  return (
    <button
      type="button"
      title="Copy"
      onClick={() => void copy()}
      className={`max-w-full rounded-1 text-left select-text [overflow-wrap:anywhere] hover:bg-hover ${code ? 'type-code text-[11px] leading-4' : ''}`}
    >
      {text}
    </button>
  );
}

/** Two or more chosen: how many of what. */
export function SelectionPanel({
  chosen,
  actions,
  onClose,
}: {
  chosen: Entry[];
  actions: EntryActions;
  onClose: () => void;
}) {
  const assets = chosen.filter(isAsset);
  const folders = chosen.length - assets.length;
  const kinds = [...new Set(assets.map((asset) => asset.kind))];
  const bytes = chosen.reduce((sum, entry) => sum + (isAsset(entry) ? entry.size : (entry.bytes ?? 0)), 0);
  return (
    <SidePanel label="Details" onClose={onClose}>
      <div className="grid h-34 grid-cols-3 gap-1 overflow-hidden rounded-3" aria-hidden="true">
        {assets.slice(0, 3).map((asset) => (
          <Preview key={asset.id} asset={asset} most={8 * 1024 * 1024} className="h-full" />
        ))}
        {assets.length < 3 && (
          <span className="grid place-items-center bg-sunken text-fg-3 [&>svg]:size-5">
            <ListChecks />
          </span>
        )}
      </div>
      <div className="mt-3 flex items-center gap-2">
        <h2 className="min-w-0 flex-1 text-title">{formatPlural(chosen.length, 'item')} selected</h2>
        <IconButton label="Close" keys="Esc" size="mini" icon={<X />} onClick={onClose} className="-mr-1" />
      </div>
      <p className="mt-px text-meta text-fg-3 tabular-nums">{formatBytes(bytes)}</p>
      <div className="mt-3 flex gap-1.5">
        <Button icon={<Trash2 />} disabledReason={actions.whyNoTrash(chosen)} onClick={() => actions.trash(chosen)}>
          Move to trash
        </Button>
      </div>
      <PanelSection title="Kinds" className="mt-3">
        <Facts
          rows={[
            ...(folders > 0 ? ([['Folders', formatCount(folders)]] as [string, ReactNode][]) : []),
            ...kinds.map((kind): [string, ReactNode] => {
              const count = assets.filter((asset) => asset.kind === kind).length;
              return [capitalise(kindPlural(kind)[1]), formatCount(count)];
            }),
          ]}
        />
      </PanelSection>
    </SidePanel>
  );
}
