'use client';

import { Columns2, Download } from 'lucide-react';
import { AssetFacts } from '#components/browse/asset-facts.tsx';
import type { BrowseOptions } from '#components/browse/browse-href.ts';
import { download } from '#components/browse/content-url.ts';
import { kindLabel } from '#components/browse/kind-label.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatBytes, formatDimensions, formatPlayTime } from '#components/ui/format.ts';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { Facts, PanelSection } from '#components/ui/side-panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { fateSentence } from '#components/versions/fate-words.ts';
import { EarlierLine } from '#components/versions/version-history.tsx';
import { titleOf, whoMade } from '#components/versions/version-words.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { isArchived } from '#lib/lifecycle/storage-classes.ts';
import type { useViewed } from './use-viewed.ts';

export interface ViewerPanelProps {
  library: LibraryView;
  options: BrowseOptions;
  viewed: ReturnType<typeof useViewed>;
  /** The name stands elsewhere already (the sheet of a phone). */
  bare?: boolean;
  onCompare: (() => void) | null;
}

/** What is known of the file and of the version that is looked at. */
export function ViewerPanel({ library, options, viewed, bare, onCompare }: ViewerPanelProps) {
  const { asset, detail, shown, version } = viewed;
  if (!asset || !shown) return null;
  const facts = [
    kindLabel(shown),
    formatBytes(shown.size),
    shown.width && shown.height && shown.kind !== 'document' ? formatDimensions(shown.width, shown.height) : null,
    shown.durationMs ? formatPlayTime(shown.durationMs) : null,
  ];
  return (
    <>
      {!bare && (
        <>
          <h2 className="text-title">
            <MiddleTruncate name={asset.name} />
          </h2>
          <p className="mt-px text-meta text-fg-3 tabular-nums">{facts.filter(Boolean).join(', ')}</p>
        </>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-1.5">
        {!shown.gone && !isArchived(shown.storageClass) && (
          <Button icon={<Download />} onClick={() => download([{ ...asset, versionId: shown.versionId }])}>
            Download
          </Button>
        )}
        {onCompare && (
          <Button icon={<Columns2 />} keys="c" onClick={onCompare}>
            Compare
          </Button>
        )}
      </div>
      {viewed.earlier && !bare && (
        <div className="mt-3">
          <EarlierLine library={library.slug} earlier={viewed.earlier} />
        </div>
      )}
      {version && !version.isCurrent && (
        <PanelSection title={titleOf(version)} action={<Badge tone="past">Older</Badge>} className="mt-3.5">
          <Facts
            rows={[
              ['Uploaded', <Time key="time" at={version.modifiedAt} capital />],
              ['By', <bdi key="by">{whoMade(version)}</bdi>],
              ['Size', formatBytes(version.size)],
              ...(version.goes ? ([['Lifecycle', fateSentence(version.goes)]] as [string, string][]) : []),
              ...(version.problem ? ([['Problem', version.problem]] as [string, string][]) : []),
            ]}
          />
        </PanelSection>
      )}
      {version?.isCurrent && version.goes && <p className="mt-3 text-meta text-fg-2">{fateSentence(version.goes)}.</p>}
      {detail && version?.isCurrent !== false && <AssetFacts asset={detail} library={library} options={options} />}
    </>
  );
}
