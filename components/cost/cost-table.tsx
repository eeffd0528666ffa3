import { formatBytes, formatCount, formatMoney } from '#components/ui/format.ts';
import { capitalise } from '#components/ui/format-time.ts';
import type { CostLine } from '#lib/cost/schema.ts';

/** Figures with what they are made of: count, bytes, money. */
export function CostTable({ title, lines, foot }: { title: string; lines: CostLine[]; foot?: string }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="flex h-8 items-center text-ui font-semibold">{title}</h2>
      <table className="w-full border-collapse text-meta tabular-nums">
        <thead>
          <tr className="border-b border-line text-micro text-fg-3">
            <th className="h-5.5 text-left font-medium">What</th>
            <th className="text-right font-medium">Versions</th>
            <th className="text-right font-medium">Size</th>
            <th className="text-right font-medium">A month</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, count, bytes, perMonth }) => (
            <tr key={name} className="border-b border-line">
              <th scope="row" className="h-7 pr-2 text-left font-normal">
                {capitalise(name)}
              </th>
              <td className="text-right">{formatCount(count)}</td>
              <td className="pl-2 text-right whitespace-nowrap">{formatBytes(bytes)}</td>
              <td className="pl-2 text-right whitespace-nowrap">{formatMoney(perMonth)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {foot && <p className="mt-2 text-meta text-fg-3">{foot}</p>}
    </section>
  );
}
