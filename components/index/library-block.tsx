'use client';

import { Ellipsis, GitCompareArrows, Hammer, ImagePlus, Images, Unplug } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { browseHref } from '#components/browse/browse-href.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dot } from '#components/ui/dot.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { Meter } from '#components/ui/meter.tsx';
import { Time } from '#components/ui/time.tsx';
import type { IndexRunView, LibraryIndex } from '#lib/indexing/schema.ts';
import { DriftSection } from './drift-section.tsx';
import { EventsSection } from './events-section.tsx';
import { causeLines, resultOf, standingOf } from './index-words.ts';
import { PrepareDialog } from './prepare-dialog.tsx';
import { RebuildDialog } from './rebuild-dialog.tsx';
import { RemoveLibraryDialog } from './remove-library-dialog.tsx';
import { useCheck } from './use-check.ts';
import { useRebuildThumbnails } from './use-rebuild-thumbnails.ts';

/** One library: its standing, its size, what the last comparison found, and what can be done. */
export function LibraryBlock({ library }: { library: LibraryIndex }) {
  const [asking, ask] = useState<'prepare' | 'rebuild' | 'remove' | null>(null);
  const { busy, check } = useCheck(library);
  const thumbnails = useRebuildThumbnails(library);
  const { running, last } = library;
  const standing = standingOf(library);
  const more: MenuEntry[] = [
    {
      id: 'rebuild',
      label: 'Rebuild the index',
      icon: <Hammer />,
      onSelect: () => ask('rebuild'),
    },
    {
      id: 'prepare',
      label: 'Prepare all thumbnails',
      icon: <ImagePlus />,
      onSelect: () => ask('prepare'),
    },
    {
      id: 'thumbnails',
      label: 'Make all thumbnails anew',
      icon: <Images />,
      onSelect: thumbnails.rebuild,
      ...(thumbnails.busy ? { disabledReason: 'It is being asked for' } : {}),
    },
    {
      id: 'remove',
      label: 'Remove the library',
      icon: <Unplug />,
      tone: 'danger',
      onSelect: () => ask('remove'),
      ...(library.fromSetup
        ? { disabledReason: 'It is named in S3_BUCKET, so the next start would add it again' }
        : {}),
    },
  ];
  return (
    <section aria-labelledby={`index-${library.slug}`} className="rounded-3 border border-line">
      <header className="flex min-h-12 items-center gap-2.5 py-2 pr-2 pl-4 max-sm:pl-3">
        <div className="min-w-0 flex-1">
          <h2 id={`index-${library.slug}`} className="truncate text-title">
            <Link href={browseHref(library.slug, '')} className="rounded-1 hover:underline">
              <bdi>{library.name}</bdi>
            </Link>
          </h2>
          <p className="truncate font-mono text-meta text-fg-3">
            {library.bucket}
            {library.rootPrefix && `/${library.rootPrefix}`}
          </p>
        </div>
        {library.versioning !== 'enabled' && (
          <Badge tone="warning">Versioning {library.versioning === 'off' ? 'off' : 'suspended'}</Badge>
        )}
        <IconButton
          label="Check now"
          icon={<GitCompareArrows />}
          className="sm:hidden"
          onClick={() => void check()}
          {...(running || busy ? { disabledReason: 'It is being compared already' } : {})}
        />
        <Button
          icon={<GitCompareArrows />}
          className="max-sm:hidden"
          busy={busy}
          onClick={() => void check()}
          {...(running ? { disabledReason: 'It is being compared already' } : {})}
        >
          Check now
        </Button>
        <Menu
          label={library.name}
          items={more}
          trigger={<IconButton label={`More for ${library.name}`} icon={<Ellipsis />} />}
        />
      </header>
      <div className="grid gap-3 border-t border-line px-4 py-3 max-sm:px-3">
        <p className="flex items-center gap-2" role="status">
          <Dot tone={standing.tone} />
          <span className="min-w-0 font-medium tabular-nums [overflow-wrap:anywhere]">
            {standing.text}
            {standing.at && (
              <>
                {' '}
                <Time at={standing.at} form="ago" />
              </>
            )}
          </span>
        </p>
        {running && <Running run={running} name={library.name} />}
        <dl className="grid grid-cols-[repeat(auto-fit,minmax(150px,1fr))] gap-x-4 gap-y-2 tabular-nums">
          <Figure term="Files" value={formatCount(library.assetCount)} />
          <Figure term="Size" value={formatBytes(library.bytes)} />
          {last && <Figure term="Versions at the last check" value={formatCount(last.versions)} />}
          {last?.finishedAt && (
            <Figure
              term={last.kind === 'check' ? 'Last checked' : 'Indexed'}
              value={<Time at={last.finishedAt} capital />}
            />
          )}
        </dl>
        {last && last.kind !== 'check' && <Result run={last} />}
      </div>
      <DriftSection library={library.slug} name={library.name} />
      <EventsSection library={library.slug} name={library.name} />
      <PrepareDialog library={library} open={asking === 'prepare'} onOpenChange={(open) => open || ask(null)} />
      <RebuildDialog library={library} open={asking === 'rebuild'} onOpenChange={(open) => open || ask(null)} />
      <RemoveLibraryDialog library={library} open={asking === 'remove'} onOpenChange={(open) => open || ask(null)} />
    </section>
  );
}

function Running({ run, name }: { run: IndexRunView; name: string }) {
  return (
    <div className="grid gap-1.5">
      <Meter
        value={run.progress}
        label={`${run.kind === 'check' ? 'Comparison' : 'Index'} of ${name}`}
        tone={run.problem ? 'danger' : 'accent'}
      />
      <p className="text-meta text-fg-3 tabular-nums">
        {formatCount(run.keys)} names, {formatCount(run.versions)} versions, {formatBytes(run.bytes)} so far
      </p>
    </div>
  );
}

function Figure({ term, value }: { term: string; value: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-meta text-fg-3">{term}</dt>
      <dd className="text-label">{value}</dd>
    </div>
  );
}

/** What the comparison that ended last found, by cause. */
function Result({ run }: { run: IndexRunView }) {
  const lines = causeLines(run.drift);
  return (
    <div className="text-meta text-fg-2">
      <p>
        {resultOf(run)}
        {run.kind === 'check' ? ' at the last check.' : '.'}
      </p>
      {lines.length > 0 && (
        <ul className="mt-1 grid gap-0.5 pl-3 text-fg-3 tabular-nums">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
