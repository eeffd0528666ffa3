import { formatCount, formatPlural } from '#components/ui/format.ts';

const words = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "November 2026, 86 items": stays at the top while its month is on the screen. Its last 4 px are clear, for the ring of a tile below. @param month "2026-11" */
export function MonthHead({ month, count }: { month: string; count: number }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the head of a run of rows in a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: a head takes no focus
    <div role="row" className="pointer-events-none sticky top-0 z-sticky -mx-1.5 h-9.5">
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div
        role="rowheader"
        className="flex h-8.5 items-center gap-2 bg-sheet px-1.5 text-label"
        title={`${formatCount(count)} items`}
      >
        <span className="font-semibold">{words.format(new Date(`${month}-15T00:00:00Z`))}</span>
        <span className="text-meta font-normal text-fg-3 tabular-nums">{formatPlural(count, 'item')}</span>
      </div>
    </div>
  );
}
