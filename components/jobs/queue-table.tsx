import clsx from 'clsx';
import { formatCount } from '#components/ui/format.ts';
import { TableHeadCell } from '#components/ui/table-head.tsx';
import type { QueueRow } from './plan-queue-rows.ts';

const columns = [
  { field: 'waiting', label: 'Waiting' },
  { field: 'later', label: 'Later' },
  { field: 'running', label: 'Running' },
  { field: 'failed', label: 'Failed' },
] as const;

/** The queues by kind of job. On a phone without those that are not due yet. */
export function QueueTable({ rows }: { rows: QueueRow[] }) {
  return (
    <section aria-labelledby="queues">
      <h2 id="queues" className="mb-1 flex min-h-8 items-center text-title">
        Queues
      </h2>
      {rows.length === 0 ? (
        <p className="text-fg-2">Nothing waits and nothing runs.</p>
      ) : (
        <table className="w-full table-fixed border-collapse text-left">
          <thead>
            <tr>
              <TableHeadCell>What</TableHeadCell>
              {columns.map(({ field, label }) => (
                <TableHeadCell
                  key={field}
                  align="end"
                  className={clsx('w-20 max-sm:w-14 [&>span]:block', field === 'later' && 'max-sm:hidden')}
                >
                  {label}
                </TableHeadCell>
              ))}
              <TableHeadCell align="end" className="w-24 max-sm:w-16 [&>span]:block">
                Oldest
              </TableHeadCell>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {rows.map((row) => (
              <tr key={row.job} className="h-9 border-b border-line">
                <th scope="row" className="py-1 pr-3 text-label sm:truncate">
                  {row.title}
                </th>
                {columns.map(({ field }) => (
                  <td
                    key={field}
                    className={clsx(
                      'text-right',
                      field === 'later' && 'max-sm:hidden',
                      row[field] === 0 ? 'text-fg-3' : field === 'failed' ? 'text-danger-text' : 'text-fg',
                    )}
                  >
                    {formatCount(row[field])}
                  </td>
                ))}
                <td className="text-right text-fg-2">{row.oldest}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
