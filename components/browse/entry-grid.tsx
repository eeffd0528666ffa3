'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useFound } from '#components/search/found.tsx';
import type { Entry } from '#lib/assets/schema.ts';
import { AssetTile } from './asset-tile.tsx';
import type { EntriesProps } from './entries-props.ts';
import { entryKey } from './entry-key.ts';
import { useReveal } from './entry-list.tsx';
import { FolderCard } from './folder-card.tsx';
import { gridSizes, neighbour, planRows } from './plan-rows.ts';
import { type Move, useCollectionKeys } from './use-collection.ts';
import { useKeepFocused } from './use-keep-focused.ts';

/** Folder cards, then justified rows of pictures. Every place has its size before its picture; only rows near the screen are drawn. */
export function EntryGrid(props: EntriesProps) {
  const { collection, scroller, phone, open } = props;
  const { entries } = collection;
  const width = useInnerWidth(scroller);
  const found = useFound();
  const sizes = phone ? gridSizes.phone : found ? gridSizes.found : gridSizes.wide;
  const plan = useMemo(() => planRows(entries, width, sizes), [entries, width, sizes]);
  const rowOf = useMemo(() => {
    const places = new Map(plan.flatMap((row, at) => row.slots.map((slot) => [slot.index, at] as const)));
    return (index: number) => places.get(index) ?? -1;
  }, [plan]);
  const rows = useVirtualizer({
    count: plan.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (plan[at + 1]?.top ?? (plan[at]?.top ?? 0) + (plan[at]?.height ?? 0)) - (plan[at]?.top ?? 0),
    getItemKey: (at) => collection.keys[plan[at]?.slots[0]?.index ?? 0] ?? at,
    overscan: 4,
    rangeExtractor: useKeepFocused(collection, rowOf),
    scrollPaddingStart: 12,
    scrollPaddingEnd: 72,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are known, not measured; a new plan has new ones
  useEffect(() => rows.measure(), [plan]);
  useReveal(collection, (at) => rows.scrollToIndex(Math.max(0, rowOf(at))));

  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (plan.length > 0 && last >= plan.length - 8) props.more();
  }, [last, plan.length, props.more]);

  const step = (at: number, move: Move): number | null => {
    if (entries.length === 0) return null;
    if (move === 'first') return 0;
    if (move === 'last') return entries.length - 1;
    if (move === 'pageUp' || move === 'pageDown') {
      let to = at;
      for (let row = 0; row < 3; row++)
        to = neighbour(plan, to, move === 'pageUp' ? 'up' : 'down', entries.length) ?? to;
      return to;
    }
    return neighbour(plan, Math.max(0, at), move, entries.length);
  };
  const onKeyDown = useCollectionKeys(collection, step, open);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part
    <div
      role="grid"
      aria-label={props.label}
      aria-multiselectable="true"
      aria-rowcount={props.complete ? plan.length : -1}
      onKeyDown={onKeyDown}
      className="relative"
      style={{ height: rows.getTotalSize() }}
    >
      {items.map((item) => {
        const row = plan[item.index];
        if (!row) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a row of a virtual grid
          // biome-ignore lint/a11y/useFocusableInteractive: its cells take focus
          <div
            key={item.key}
            role="row"
            aria-rowindex={item.index + 1}
            className="absolute inset-x-0"
            style={{ top: row.top, height: row.height }}
          >
            {row.slots.map((slot) => {
              const entry = entries[slot.index] as Entry | undefined;
              if (!entry) return null;
              const shared = { ...props, entryKey: entryKey(entry), left: slot.left, width: slot.width };
              return entry.type === 'folder' ? (
                <FolderCard key={shared.entryKey} {...shared} entry={entry} height={row.height} />
              ) : (
                <AssetTile key={shared.entryKey} {...shared} entry={entry} picture={row.picture} />
              );
            })}
          </div>
        );
      })}
    </div>
  );
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
