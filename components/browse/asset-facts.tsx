'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { Facts, PanelSection } from '#components/ui/side-panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import type { AssetDetail, AssetEntry } from '#lib/assets/schema.ts';
import { foldersAbove, nameOf } from '#lib/libraries/path-rules.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { AssetEncryption } from './asset-encryption.tsx';
import { type BrowseOptions, browseHref } from './browse-href.ts';
import { mediaRows } from './media-rows.tsx';
import { StorageClass } from './storage-class.tsx';

const unknownType = 'application/octet-stream';

/** What is known of a file, as terms and values. */
export function AssetFacts({
  asset,
  library,
  options,
}: {
  asset: AssetDetail;
  library: LibraryView;
  options: BrowseOptions;
}) {
  const rows: [string, ReactNode][] = [
    ['Location', <Location key="location" asset={asset} library={library} options={options} />],
    ...mediaRows(asset, asset.media),
    ['Modified', <Time key="modified" at={asset.modifiedAt} capital />],
    ['Type', <Copy key="type" text={asset.contentType ?? 'unknown'} />],
    ['Size', `${formatBytes(asset.size)} (${formatPlural(asset.size, 'byte')})`],
    ['Class', <StorageClass key="class" name={asset.storageClass} />],
    ...(asset.state === 'live'
      ? ([['Encryption', <AssetEncryption key="encryption" id={asset.id} versionId={asset.versionId} />]] as [
          string,
          ReactNode,
        ][])
      : []),
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
      <MediaNotes {...asset} />
      <Facts rows={rows} />
    </PanelSection>
  );
}

/** What is wrong with the file, before its facts. */
export function MediaNotes({ media, size }: Pick<AssetDetail, 'media' | 'size'>) {
  // An empty file is of no type, whatever it is called.
  const wrongEnding = size > 0 ? media?.wrongEnding : null;
  if (!media || (!media.problem && !wrongEnding)) return null;
  return (
    <Note tone="warning" icon={<TriangleAlert />} className="mb-2.5">
      {wrongEnding && (
        <span className="block">
          The name ends in {wrongEnding}, but{' '}
          {media.contentType === unknownType ? 'what is in it is of no known type' : `the file is ${media.contentType}`}
          .
        </span>
      )}
      {media.problem && <span className="block">{media.problem}</span>}
    </Note>
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
