'use client';

import { useState } from 'react';
import { StorageClass } from '#components/browse/storage-class.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formatBytes, formatCount, formatPlural } from '#components/ui/format.ts';
import { formatDate } from '#components/ui/format-time.ts';
import type { Amounts, DryRunCount, DryRunSample } from '#lib/lifecycle/count-fates.ts';
import { ruleNameOf } from '#lib/lifecycle/plan-document.ts';
import { transitionClasses } from '#lib/lifecycle/storage-classes.ts';

/** Index into the horizons 0, 30, 90 and 365 days. */
const COLUMNS = [
  { at: 0, label: 'First day' },
  { at: 1, label: '30 days' },
  { at: 3, label: '1 year' },
];

/** What the rules of the bucket and those of the draft would do, counted from the index. */
export function DryRunTable({ count, tagsRead }: { count: DryRunCount; tagsRead: number }) {
  const [open, setOpen] = useState(false);
  const { all } = count;
  const rows: { key: string; label: React.ReactNode; amounts: Amounts; danger?: boolean }[] = [
    ...transitionClasses.flatMap((name) => {
      const amounts = all.moved[name];
      return amounts ? [{ key: name, label: <StorageClass name={name} />, amounts }] : [];
    }),
    { key: 'live', label: 'Live, to trash', amounts: all.expired, danger: true },
    { key: 'old', label: 'Old, removed', amounts: all.removed },
    { key: 'markers', label: 'Delete markers', amounts: all.markers },
  ].filter(({ amounts }) => (amounts.at(-1)?.versions ?? 0) > 0);
  return (
    <div>
      <div className="flex h-8 items-center gap-2">
        <h2 className="text-ui font-semibold">Dry run</h2>
        <span className="flex-1 text-meta text-fg-3 tabular-nums">
          {formatCount(count.scanned.versions)} versions, {formatBytes(count.scanned.bytes)}
        </span>
        {count.samples.length > 0 && (
          <Button variant="quiet" className="-mr-2" onClick={() => setOpen(true)}>
            Samples
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="text-meta text-fg-3">These rules touch nothing that is here now, within a year.</p>
      ) : (
        <table className="w-full border-collapse text-meta tabular-nums">
          <thead>
            <tr className="border-b border-line text-micro text-fg-3">
              <th className="h-5.5 text-left font-medium">Files and versions</th>
              {COLUMNS.map(({ label }) => (
                <th key={label} className="text-right font-medium">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, amounts, danger }) => (
              <tr key={key} className={`border-b border-line ${danger ? 'text-danger-text' : ''}`}>
                <th scope="row" className="h-6.75 text-left font-normal">
                  {label}
                </th>
                {COLUMNS.map(({ at }) => (
                  <td key={at} className="text-right" title={formatBytes(amounts[at]?.bytes ?? 0)}>
                    {formatCount(amounts[at]?.versions ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="mt-2 text-meta text-fg-3">
        Counted from the index, with the rules of others. New uploads are not guessed.
        {tagsRead > 0 && ` The store was asked for the S3 tags of ${formatPlural(tagsRead, 'version')}.`}
      </p>
      <Dialog open={open} onOpenChange={setOpen} title="Samples" description="A few of each rule" width="large">
        <ul className="grid gap-2">
          {count.samples.map((sample) => (
            <li
              key={`${sample.ruleId}${sample.path}${sample.versionId}${sample.action}${sample.to}`}
              className="text-meta"
            >
              <bdi className="block text-ui [overflow-wrap:anywhere]">{sample.path}</bdi>
              <span className="text-fg-2">{sentence(sample)}</span>
            </li>
          ))}
        </ul>
      </Dialog>
    </div>
  );
}

function sentence({ action, to, at, bytes, ruleId }: DryRunSample): string {
  const what = {
    move: `goes to ${to}`,
    expire: 'goes to the trash',
    remove: 'is removed for good',
    'remove-marker': 'loses its delete marker',
  }[action];
  const rule = ruleNameOf(ruleId);
  return `${formatBytes(bytes)}, ${what} on ${formatDate(new Date(at).toISOString())} by ${rule || 'a rule without a name'}`;
}
