'use client';

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useFound } from '#components/search/found.tsx';
import type { EntriesProps } from './entries-props.ts';
import { entryKey } from './entry-key.ts';
import { type GridPlan, type GridSection, monthHead, type PlacedRow, planGrid } from './grid-plan.ts';
import { GridRow } from './grid-row.tsx';
import type { Listing } from './listing.ts';
import { Marquee } from './marquee.tsx';
import { MonthHead } from './month-head.tsx';
import { gridSizes } from './plan-rows.ts';
import { createTurns } from './turns.ts';
import { useEntryFocus } from './use-entry-focus.ts';
import { type Move, useEntryKeys } from './use-entry-keys.ts';
import { useWindow } from './use-window.ts';

const padding = { start: 12 + monthHead, end: 72 };

/** Folder cards, then justified rows of pictures, by month when ordered by date. Only rows near the screen are drawn. */
export function EntryGrid(props: EntriesProps) {
  const { collection, scroller, phone, density, handlers } = props;
  const { listing } = collection;
  const width = useInnerWidth(scroller);
  const found = useFound() !== null;
  const sizes = gridSizes[phone ? 'phone' : found ? 'found' : 'wide'][density.grid];
  const plan = useMemo(() => planGrid(listing, width, sizes), [listing, width, sizes]);
  const view = useWindow(scroller, plan.height, padding);
  useKeepPlace(plan, listing, view);
  const focus = useEntryFocus(collection, view.frame, (index) => {
    const row = plan.rowAt(index);
    if (row) view.reveal(row.top, row.top + row.height);
  });

  const shown = useMemo(
    () => drawnSections(plan, view.from, view.to, collection.tabStop),
    [plan, view.from, view.to, collection.tabStop],
  );
  const [turns] = useState(() => createTurns());
  const withKeyboard = collection.tabStop === -1 ? null : plan.rowAt(collection.tabStop);
  const isSeen = ({ top, height, rowIndex }: PlacedRow) =>
    (top <= view.seen.to && top + height >= view.seen.from) || rowIndex === withKeyboard?.rowIndex;
  const { need } = listing;
  // Not of the rows drawn: the one with the keyboard may be far away.
  const first = plan.indexAt(Math.max(0, view.from));
  const last = plan.indexAt(Math.min(view.to, plan.height));
  useEffect(() => {
    if (width > 0) need(first, last);
  }, [need, first, last, width]);

  const step = (at: number, move: Move): number | null => {
    if (listing.count === 0) return null;
    if (move === 'first') return 0;
    if (move === 'last') return listing.count - 1;
    if (move !== 'pageUp' && move !== 'pageDown') return plan.neighbour(Math.max(0, at), move);
    const page = (scroller.current?.clientHeight ?? 600) - 2 * sizes.target;
    const row = plan.rowAt(at);
    if (!row) return null;
    const to = plan.indexAt(Math.max(0, row.top + (move === 'pageUp' ? -page : page)));
    return to === at ? plan.neighbour(at, move === 'pageUp' ? 'up' : 'down') : to;
  };
  const onKeyDown = useEntryKeys(collection, step, handlers.open);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part
    <div
      ref={view.frame}
      role="grid"
      {...focus}
      aria-label={props.label}
      aria-multiselectable="true"
      aria-rowcount={plan.rowCount}
      onKeyDown={onKeyDown}
      className="focus-none relative flex-none"
      style={{ height: view.height }}
    >
      <div ref={view.canvas} role="presentation" className="absolute inset-x-0">
        {shown.map(({ section, rows }) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div
            key={section.month ?? `at-${section.top === 0 ? 'start' : 'files'}`}
            role="rowgroup"
            className="absolute inset-x-0"
            style={{ top: section.top, height: section.height }}
          >
            {section.month !== null && <MonthHead month={section.month} count={section.count} />}
            {rows.map((row) => (
              <GridRow
                key={row.rowIndex}
                {...props}
                row={row}
                top={row.top - section.top}
                seen={isSeen(row)}
                turns={turns}
              />
            ))}
          </div>
        ))}
      </div>
      <Marquee scroller={scroller} view={view} plan={plan} collection={collection} off={phone} />
    </div>
  );
}

type Drawn = { section: GridSection; rows: PlacedRow[] };

/** Rows near the screen, and the one with the keyboard: a row that leaves the page takes focus with it. */
function drawnSections(plan: GridPlan, from: number, to: number, tabStop: number): Drawn[] {
  const kept = tabStop === -1 ? null : plan.rowAt(tabStop);
  const drawn: Drawn[] = [];
  for (const section of plan.sections) {
    const near = section.top <= to && section.top + section.height >= from;
    const rows = near ? plan.rowsOf(section, from, to) : [];
    const holds = kept && kept.top >= section.top && kept.top < section.top + section.height;
    if (holds && !rows.some((row) => row.rowIndex === kept.rowIndex)) rows.push(kept);
    if (rows.length > 0) drawn.push({ section, rows: rows.sort((a, b) => a.rowIndex - b.rowIndex) });
  }
  return drawn;
}

/** When heights change above what is seen (a block was read, something was uploaded), what is seen stays where it is. */
function useKeepPlace(plan: GridPlan, listing: Listing, view: ReturnType<typeof useWindow>): void {
  const before = useRef({ plan, listing });
  const { lastTop, shiftBy } = view;
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { plan, listing };
    if (old.plan === plan || old.plan.height === 0 || plan.height === 0) return;
    const now = lastTop();
    // At its top a folder shows what comes in at its top.
    if (now < 4) return;
    const index = old.plan.indexAt(now);
    const entry = old.listing.at(index);
    const found = entry ? listing.indexOf(entryKey(entry)) : -1;
    const was = old.plan.rowAt(index);
    const is = plan.rowAt(found === -1 ? Math.min(index, listing.count - 1) : found);
    if (was && is && is.top !== was.top) shiftBy(is.top - was.top);
  }, [plan, listing, lastTop, shiftBy]);
}

/** The width inside the padding of the scroller, in whole pixels; 0 until the page is laid out. */
function useInnerWidth(scroller: EntriesProps['scroller']): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const style = getComputedStyle(element);
      setWidth(
        Math.floor(element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)),
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return width;
}
