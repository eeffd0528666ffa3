'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatPlural } from '#components/ui/format.ts';
import type { DryRunCount } from '#lib/lifecycle/count-fates.ts';
import type { Competition } from '#lib/lifecycle/find-competing-rules.ts';
import { DryRunAmounts } from './dry-run-amounts.tsx';
import { DryRunDialog } from './dry-run-dialog.tsx';

/** What the rules of the bucket and those of the draft would do, counted from the index. */
export function DryRunTable({
  count,
  competing,
  tagsRead,
}: {
  count: DryRunCount;
  competing: Competition[];
  tagsRead: number;
}) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <div className="flex h-8 items-center gap-2">
        <h2 className="text-ui font-semibold">Dry run</h2>
        <span className="flex-1 truncate text-meta text-fg-3 tabular-nums">
          {formatCount(count.scanned.versions)} versions, {formatBytes(count.scanned.bytes)}
        </span>
        {count.samples.length > 0 && (
          <Button variant="quiet" className="-mr-2" onClick={() => setOpen(true)}>
            Rule by rule
          </Button>
        )}
      </div>
      <DryRunAmounts tally={count.all} narrow />
      <p className="mt-2 text-meta text-fg-3">
        Counted from the index, with the rules of others. New uploads are not guessed.
        {tagsRead > 0 && ` The store was asked for the S3 tags of ${formatPlural(tagsRead, 'version')}.`}
      </p>
      <DryRunDialog count={count} competing={competing} open={open} onOpenChange={setOpen} />
    </div>
  );
}
