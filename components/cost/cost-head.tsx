import clsx from 'clsx';
import type { ReactNode } from 'react';

/**
 * Heads of a table of figures: the first at the left, numbers at the right.
 * @param wideOnly columns that a phone has no room for
 */
export function CostHead({
  columns,
  wideOnly = [],
  children,
}: {
  columns: string[];
  wideOnly?: string[];
  children?: ReactNode;
}) {
  return (
    <thead>
      <tr className="border-b border-line text-micro text-fg-3">
        {columns.map((column, index) => (
          <th
            key={column}
            scope="col"
            className={clsx(
              'h-5.5 font-medium',
              index === 0 ? 'text-left' : 'pl-2 text-right whitespace-nowrap',
              wideOnly.includes(column) && 'max-sm:hidden',
            )}
          >
            {column}
          </th>
        ))}
        {children}
      </tr>
    </thead>
  );
}
