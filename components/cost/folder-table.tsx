import { formatBytes, formatCount, formatMoney } from '#components/ui/format.ts';
import type { CostView } from '#lib/cost/schema.ts';

type Line = CostView['byFolder'][number];

/** Folders of the first level, the dearest first, each with a small bar of what is live, old and in the trash. */
export function FolderTable({ lines, ages }: { lines: Line[]; ages: Record<string, string> }) {
  const dearest = Math.max(...lines.map(({ perMonth }) => perMonth), 0);
  return (
    <section aria-label="By folder">
      <h2 className="flex h-8 items-center text-ui font-semibold">By folder</h2>
      {/* A table in a scroller of its own: the only thing that may scroll sideways. */}
      <section
        aria-label="Folders"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
        tabIndex={0}
        className="focus-inset overflow-x-auto rounded-2"
      >
        <table className="w-full border-collapse text-meta tabular-nums">
          <thead>
            <tr className="border-b border-line text-micro text-fg-3">
              <th className="h-5.5 text-left font-medium">Folder</th>
              <th className="w-52 text-left font-medium max-sm:hidden">Live, old, trash</th>
              <th className="text-right font-medium">Versions</th>
              <th className="text-right font-medium">Size</th>
              <th className="text-right font-medium">A month</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.name} className="border-b border-line">
                <th scope="row" className="h-8 max-w-80 truncate pr-3 text-left font-normal">
                  <bdi>{line.name || 'At the top'}</bdi>
                </th>
                <td className="max-sm:hidden">
                  <AgeBar line={line} dearest={dearest} ages={ages} />
                </td>
                <td className="text-right">{formatCount(line.count)}</td>
                <td className="pl-3 text-right whitespace-nowrap">{formatBytes(line.bytes)}</td>
                <td className="pl-3 text-right">{formatMoney(line.perMonth)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const fills: Record<string, string> = { live: 'bg-depth-1', old: 'bg-depth-4', trash: 'hatch' };

function AgeBar({ line, dearest, ages }: { line: Line; dearest: number; ages: Record<string, string> }) {
  const words = Object.entries(line.byAge).map(([age, money]) => `${ages[age]} ${formatMoney(money)}`);
  return (
    <span
      role="img"
      aria-label={words.join(', ')}
      title={words.join(', ')}
      style={{ width: dearest > 0 ? `${Math.max(2, (line.perMonth / dearest) * 100)}%` : '2%' }}
      className="flex h-3 gap-px overflow-hidden rounded-1"
    >
      {Object.entries(line.byAge).map(([age, money]) => (
        <span
          key={age}
          style={{ width: line.perMonth > 0 ? `${(money / line.perMonth) * 100}%` : 0 }}
          className={fills[age]}
        />
      ))}
    </span>
  );
}
