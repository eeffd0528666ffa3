import { StorageClass } from '#components/browse/storage-class.tsx';
import { formatBytes, formatMoney, formatPercent } from '#components/ui/format.ts';
import type { CostLine } from '#lib/cost/schema.ts';
import { classDepths, isStorageClass } from '#lib/lifecycle/storage-classes.ts';

/** One bar, a block a class by its share of the money, and its words beneath. */
export function ClassBar({ lines, total }: { lines: CostLine[]; total: number }) {
  const paid = lines.filter(({ perMonth }) => perMonth > 0);
  return (
    <>
      <div aria-hidden="true" className="mt-2 flex h-7.5 gap-px overflow-hidden rounded-2 bg-sunken">
        {paid.map(({ name, perMonth }) => (
          <span
            key={name}
            style={{
              width: `${(perMonth / total) * 100}%`,
              background: isStorageClass(name) ? `var(--depth-${classDepths[name]})` : 'var(--edge)',
            }}
          />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-meta text-fg-2 tabular-nums">
        {lines.map(({ name, perMonth, bytes }) => (
          <li key={name} className="flex items-center gap-1.5">
            <StorageClass name={name} />
            <span className="text-fg">{formatMoney(perMonth)}</span>
            <span className="text-fg-3">
              {formatBytes(bytes)}
              {total > 0 && `, ${formatPercent(perMonth / total)}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
