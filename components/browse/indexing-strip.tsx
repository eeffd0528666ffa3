'use client';

import { DatabaseZap } from 'lucide-react';
import { Banner } from '#components/ui/banner.tsx';
import { formatPercent, formatTimeLeft } from '#components/ui/format.ts';
import { Meter } from '#components/ui/meter.tsx';
import { useIndexAge } from './index-status.tsx';
import type { EntriesPage } from './use-folder-listing.ts';

/** Over a folder while its bucket is listed for the first time: how far that is, and where this list comes from. */
export function IndexingStrip({ library, here }: { library: string; here: EntriesPage['index'] }) {
  // What came with this folder stands until the frame asks again.
  const index = useIndexAge(library) ?? here;
  const progress = index.progress ?? 0;
  const left = index.secondsLeft === null ? '' : `, ${formatTimeLeft(index.secondsLeft)}`;
  return (
    <div className="-mx-4 max-sm:-mx-3">
      <Banner
        icon={<DatabaseZap aria-hidden="true" />}
        action={<Meter value={progress} label="Indexed" className="w-24 flex-none max-sm:w-16" />}
      >
        <b className="font-medium text-fg tabular-nums">
          {progress > 0 ? `${formatPercent(progress)} indexed${left}.` : 'Indexing has just begun.'}
        </b>{' '}
        {here.fromStore
          ? 'This folder comes from the store, in the order of its names.'
          : 'This folder is whole. Search and counts above it grow.'}
      </Banner>
    </div>
  );
}
