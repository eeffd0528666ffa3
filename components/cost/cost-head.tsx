import type { ReactNode } from 'react';

/** Heads of a table of figures: the first at the left, numbers at the right. */
export function CostHead({ columns, children }: { columns: string[]; children?: ReactNode }) {
  return (
    <thead>
      <tr className="border-b border-line text-micro text-fg-3">
        {columns.map((column, index) => (
          <th
            key={column}
            scope="col"
            className={`h-5.5 font-medium ${index === 0 ? 'text-left' : 'pl-2 text-right whitespace-nowrap'}`}
          >
            {column}
          </th>
        ))}
        {children}
      </tr>
    </thead>
  );
}
