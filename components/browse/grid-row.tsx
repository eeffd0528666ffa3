'use client';

import clsx from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { AssetTile, ringClass } from './asset-tile.tsx';
import type { EntriesProps } from './entries-props.ts';
import { entryKey } from './entry-key.ts';
import { FolderCard } from './folder-card.tsx';
import type { PlacedRow } from './grid-plan.ts';
import type { Turns } from './turns.ts';

type Props = EntriesProps & {
  row: PlacedRow;
  /** Within its section, px. */
  top: number;
  /** On the screen, or the row with the keyboard: drawn at once. Others wait for their turn. */
  seen: boolean;
  turns: Turns;
};

/** A row of folder cards or pictures; a slot in its final size stands for what is not read, or not drawn, yet. */
export function GridRow({ row, top, seen, turns, collection, ...props }: Props) {
  const { listing } = collection;
  const isDrawn = useTurn(turns, seen, listing.at(row.slots[0]?.index ?? -1) !== undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take focus
    <div role="row" aria-rowindex={row.rowIndex + 1} className="absolute inset-x-0" style={{ top, height: row.height }}>
      {row.slots.map(({ index, left, width }) => {
        const entry = isDrawn ? listing.at(index) : undefined;
        if (!entry)
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: nothing to act on yet
            <div
              key={`at-${index}`}
              role="gridcell"
              aria-label="Not read yet"
              aria-selected={collection.isSelected(index)}
              className={clsx('absolute rounded-2 bg-sunken', collection.isSelected(index) && ringClass)}
              style={{ left, width, height: row.picture || row.height }}
            />
          );
        const shared = {
          index,
          selected: collection.isSelected(index),
          stop: collection.tabStop === index,
          library: props.library,
          options: props.options,
          phone: props.phone,
          choosing: props.choosing,
          handlers: props.handlers,
          left,
          width,
        };
        return entry.type === 'folder' ? (
          <FolderCard key={entryKey(entry)} {...shared} entry={entry} height={row.height} />
        ) : (
          <AssetTile key={entryKey(entry)} {...shared} entry={entry} picture={row.picture} />
        );
      })}
    </div>
  );
}

/**
 * Whether to draw now. A screen of tiles is some thousand elements, and as many stand above and below it: made in one frame with those that
 * are seen they would double it. Once drawn a row stays drawn.
 */
function useTurn(turns: Turns, seen: boolean, isKnown: boolean): boolean {
  const drawn = useRef(false);
  const [, drawAgain] = useState(0);
  if (isKnown && seen) drawn.current = true;
  const waits = isKnown && !drawn.current;
  useEffect(() => {
    if (!waits) return;
    return turns.wait(() => {
      drawn.current = true;
      drawAgain((times) => times + 1);
    });
  }, [turns, waits]);
  return drawn.current;
}
