import type { ReactNode } from 'react';
import { formatBytes, formatCount, formatMoney } from '#components/ui/format.ts';
import type { CostLine } from '#lib/cost/schema.ts';
import { CostHead } from './cost-head.tsx';

/**
 * Figures with what they are made of: count, bytes, money.
 * @param madeOf a line under the name: what the money is the sum of
 */
export function CostTable<Line extends CostLine>({
  title,
  lines,
  nameOf,
  madeOf,
}: {
  title: string;
  lines: Line[];
  nameOf: (line: Line) => ReactNode;
  madeOf?: (line: Line) => string;
}) {
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="flex h-8 items-center text-ui font-semibold">{title}</h2>
      <table className="w-full border-collapse text-meta tabular-nums">
        <CostHead columns={['What', 'Versions', 'Size', 'A month']} />
        <tbody>
          {lines.map((line) => (
            <tr key={line.name} className="border-b border-line align-top leading-7">
              <th scope="row" className="pr-2 text-left font-normal">
                {nameOf(line)}
                {madeOf && <span className="block pb-1.5 text-meta text-fg-3">{madeOf(line)}</span>}
              </th>
              <td className="text-right">{formatCount(line.count)}</td>
              <td className="pl-2 text-right whitespace-nowrap">{formatBytes(line.bytes)}</td>
              <td className="pl-2 text-right whitespace-nowrap">{formatMoney(line.perMonth)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
