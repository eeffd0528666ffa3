import clsx from 'clsx';
import type { ChangeRow } from './plan-changes.ts';

/** What A has and what B has; what is the same stands back. */
export function ChangeTable({ rows }: { rows: readonly ChangeRow[] }) {
  return (
    <table className="w-full table-fixed border-collapse text-meta tabular-nums">
      <tbody>
        {rows.map(({ term, a, b, more }) => (
          <tr key={term} className={clsx('border-b border-line', b === null && 'text-fg-3')}>
            <th scope="row" className="h-6.5 w-20 truncate text-left font-normal text-fg-3" title={term}>
              {term}
            </th>
            <td className="truncate pr-2" title={a}>
              {a}
            </td>
            <td className="truncate" title={b ?? undefined}>
              {b ?? 'no change'} {more && <span className="text-fg-3">{more}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
