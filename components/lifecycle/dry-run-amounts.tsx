import { StorageClass } from '#components/browse/storage-class.tsx';
import { formatBytes, formatCount, formatPlural } from '#components/ui/format.ts';
import type { DryRunTally } from '#lib/lifecycle/count-fates.ts';
import { isStorageClass } from '#lib/lifecycle/storage-classes.ts';
import { planDryRunRows } from './plan-dry-run-rows.ts';

/** By index of the horizons 0, 30, 90 and 365 days. */
const ALL = ['First day', '30 days', '90 days', '1 year'];

const words: Record<string, string> = {
  expired: 'Live, to trash',
  removed: 'Old, removed',
  markers: 'Delete markers',
};

/**
 * What rules move and remove up to each horizon: versions, and below them the bytes and the files that they are of. Narrow: versions alone,
 * and no 90 days.
 */
export function DryRunAmounts({ tally, narrow = false }: { tally: DryRunTally; narrow?: boolean }) {
  const rows = planDryRunRows(tally);
  if (rows.length === 0)
    return <p className="text-meta text-fg-3">Nothing that is here now is touched within a year.</p>;
  const columns = narrow ? [0, 1, 3] : [0, 1, 2, 3];
  return (
    <table className="w-full border-collapse text-meta tabular-nums">
      <thead>
        <tr className="border-b border-line text-micro text-fg-3">
          <th className="h-5.5 text-left font-medium">Versions</th>
          {columns.map((at) => (
            <th key={at} className={`pl-2 text-right font-medium ${narrow ? '' : 'w-1/5'}`}>
              {ALL[at]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, amounts, danger }) => (
          <tr key={key} className={`border-b border-line align-top ${danger ? 'text-danger-text' : ''}`}>
            <th scope="row" className="h-6.75 py-1 text-left font-normal">
              {isStorageClass(key) ? <StorageClass name={key} /> : words[key]}
            </th>
            {columns.map((at) => {
              const { files = 0, versions = 0, bytes = 0 } = amounts[at] ?? {};
              return (
                <td key={at} className="py-1 pl-2 text-right" title={narrow ? formatBytes(bytes) : undefined}>
                  {formatCount(versions)}
                  {!narrow && (
                    <span className="block text-fg-3">
                      {versions > 0 && (
                        <>
                          {formatBytes(bytes)}
                          <span className="max-sm:hidden"> of {formatPlural(files, 'file')}</span>
                        </>
                      )}
                    </span>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
