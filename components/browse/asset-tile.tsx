'use client';

import clsx from 'clsx';
import { Archive, Check, Play } from 'lucide-react';
import { memo } from 'react';
import { PastFlag, useFlag } from '#components/history/past-flag.tsx';
import { FoundName, FoundPlace, useFound } from '#components/search/found.tsx';
import { Edges } from '#components/ui/edges.tsx';
import { formatBytes, formatPlayTime } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { dragOut } from './drag-out.ts';
import type { EntryProps } from './entries-props.ts';
import { entryKey, shownName } from './entry-key.ts';
import { kindIcon, kindLabel } from './kind-label.tsx';
import { Preview } from './preview.tsx';
import { Still } from './still.tsx';
import { useLongPress } from './use-long-press.ts';

export interface AssetTileProps extends EntryProps {
  entry: AssetEntry;
  left: number;
  width: number;
  /** Height of the picture, in px. */
  picture: number;
}

/** What is chosen, around the picture. */
export const ringClass = 'shadow-[0_0_0_2px_var(--sheet),0_0_0_4px_var(--accent)]';

/** The ellipsis of lucide as one path: each tile has it, and a screen of tiles is laid out in one frame. */
const dots = (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={4} strokeLinecap="round" aria-hidden="true">
    <path d="M5 12h.01M12 12h.01M19 12h.01" />
  </svg>
);

/** A picture, the edges of its older versions, its name. The ring of selection stands outside, so that the picture never moves. */
export const AssetTile = memo(function AssetTile({ entry, index, selected, handlers, ...props }: AssetTileProps) {
  const name = shownName(entry);
  const found = useFound();
  const flag = useFlag(entry);
  const hold = useLongPress(() => handlers.toggle(index), props.phone);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid around it
    <div
      role="gridcell"
      aria-selected={selected}
      aria-label={[name, kindLabel(entry), formatBytes(entry.size), flag?.long].filter(Boolean).join(', ')}
      tabIndex={props.stop ? 0 : -1}
      data-entry={entryKey(entry)}
      draggable={!props.phone}
      onDragStart={(event) => dragOut(event, entry)}
      {...hold}
      onFocus={(event) => {
        if (event.target === event.currentTarget) handlers.focused(index);
      }}
      onClick={(event) => handlers.press(event, index)}
      onDoubleClick={() => handlers.open(index)}
      style={{ left: props.left, width: props.width }}
      className="group/tile focus-none absolute select-none"
    >
      <div
        style={{ height: props.picture }}
        className={clsx(
          'relative rounded-2',
          selected && ringClass,
          'group-focus-visible/tile:shadow-[0_0_0_2px_var(--sheet),0_0_0_4px_var(--accent)]',
        )}
      >
        <Preview
          asset={entry}
          className="size-full rounded-2"
          fallback={<Card entry={entry} phone={props.phone} />}
          gone={Boolean(entry.since?.removedAt)}
        />
        <button
          type="button"
          tabIndex={-1}
          aria-label={selected ? `Unselect ${name}` : `Select ${name}`}
          onClick={(event) => {
            event.stopPropagation();
            handlers.toggle(index);
          }}
          className={clsx(
            'tick-ring absolute top-2 left-2 grid size-5 place-items-center rounded-full before:absolute before:-inset-1',
            selected
              ? 'bg-accent text-on-accent'
              : 'bg-photo-shade text-transparent opacity-0 group-hover/tile:opacity-100 group-focus-visible/tile:opacity-100 hover:text-on-photo',
            props.phone && !selected && !props.choosing && 'hidden',
            props.choosing && 'opacity-100',
          )}
        >
          <Check className="size-3 stroke-3" aria-hidden="true" />
        </button>
        {props.width >= 84 && (
          <Still className="absolute top-1.5 right-1.5 opacity-0 group-focus-within/tile:opacity-100 group-hover/tile:opacity-100 has-data-popup-open:opacity-100 max-sm:hidden">
            <Menu
              label={name}
              items={() => handlers.menu(index)}
              trigger={
                <IconButton
                  label={`More for ${name}`}
                  size="mini"
                  tabIndex={-1}
                  icon={dots}
                  className="bg-photo-shade! text-on-photo!"
                />
              }
            />
          </Still>
        )}
        <Flag entry={entry} />
        <PastFlag entry={entry} short={props.phone || props.width < 150} aside={selected || props.choosing} />
      </div>
      <Edges older={entry.versionCount - 1} className={selected ? 'translate-y-[3px]' : undefined} />
      {found ? (
        <span className="block px-0.5 max-sm:hidden">
          <FoundName name={name} words={found.words} className="text-meta leading-4 text-fg-2" />
          <FoundPlace path={entry.path} found={found} href={props} />
        </span>
      ) : (
        <MiddleTruncate
          name={name}
          className={clsx('mt-px px-0.5 text-meta max-sm:hidden', selected ? 'font-medium text-fg' : 'text-fg-2')}
        />
      )}
    </div>
  );
});

/** What stands where no picture can be: the kind and the ending of the name; the name itself on a phone, where none stands below. */
function Card({ entry, phone }: { entry: AssetEntry; phone: boolean }) {
  const dot = entry.name.lastIndexOf('.');
  const ending = dot > 0 && entry.name.length - dot <= 6 ? entry.name.slice(dot + 1).toUpperCase() : '';
  return (
    <span className="grid justify-items-center gap-1.5 [&>svg]:size-5 [&>svg]:stroke-[1.8]">
      {kindIcon(entry.kind)}
      {phone ? (
        <bdi className="line-clamp-2 px-2 text-center text-meta [overflow-wrap:anywhere]">{entry.name}</bdi>
      ) : (
        <span className="text-micro">{ending || kindLabel(entry)}</span>
      )}
    </span>
  );
}

/** Length of a film, or that the bytes are archived; at the foot of the picture. */
function Flag({ entry }: { entry: AssetEntry }) {
  const archived = entry.storageClass === 'GLACIER' || entry.storageClass === 'DEEP_ARCHIVE';
  if (!archived && entry.kind !== 'video') return null;
  return (
    <span className="absolute right-1.5 bottom-1.5 inline-flex h-4.5 items-center gap-[3px] rounded-1 bg-photo-shade px-[5px] text-micro text-on-photo tabular-nums [&>svg]:size-3">
      {archived ? <Archive aria-hidden="true" /> : <Play aria-hidden="true" />}
      {archived ? 'Archived' : entry.durationMs !== null ? formatPlayTime(entry.durationMs) : 'Video'}
    </span>
  );
}
