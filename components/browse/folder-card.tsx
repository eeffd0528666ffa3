'use client';

import clsx from 'clsx';
import { Check, Ellipsis, Folder } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import { absentWords, isAbsent } from '#components/history/absent-folders.ts';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { useDropTarget } from '#components/upload/drop-store.ts';
import type { FolderEntry } from '#lib/assets/schema.ts';
import { browseHref } from './browse-href.ts';
import type { EntryProps } from './entries-props.ts';
import { entryKey, shownName } from './entry-key.ts';
import { FolderDashed } from './folder-dashed.tsx';
import { useLongPress } from './use-long-press.ts';

export interface FolderCardProps extends EntryProps {
  entry: FolderEntry;
  left: number;
  width: number;
  height: number;
}

/** A folder in the grid: the whole card leads into it; its tick and "..." come with the pointer. */
export const FolderCard = memo(function FolderCard({ entry, index, selected, handlers, ...props }: FolderCardProps) {
  const name = shownName(entry);
  const absent = isAbsent(entry);
  const drop = useDropTarget(entry.path);
  const hold = useLongPress(() => handlers.toggle(index), props.phone);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    <div
      role="gridcell"
      aria-selected={selected}
      aria-label={absent ? `${name}, folder, ${absentWords.toLowerCase()}` : `${name}, folder`}
      tabIndex={props.stop ? 0 : -1}
      data-entry={entryKey(entry)}
      {...drop.props}
      data-over={drop.over || undefined}
      {...hold}
      onFocus={(event) => {
        if (event.target === event.currentTarget) handlers.focused(index);
      }}
      style={{ left: props.left, width: props.width, height: props.height }}
      className={clsx(
        'group/card absolute flex items-center gap-2 rounded-3 pr-1 pl-3 transition-colors duration-instant select-none',
        selected
          ? 'bg-accent-soft inset-ring-2 inset-ring-accent'
          : absent
            ? 'border border-dashed border-line-2 hover:bg-press'
            : 'bg-sunken inset-ring inset-ring-line hover:bg-press',
        'data-over:bg-accent-soft data-over:inset-ring-2 data-over:inset-ring-accent',
      )}
    >
      <Link
        prefetch={false}
        href={browseHref(props.library, entry.path, props.options)}
        tabIndex={-1}
        data-menu=""
        draggable={false}
        onClick={(event) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey || props.choosing) {
            event.preventDefault();
            handlers.press(event, index);
          } else handlers.focused(index);
        }}
        className="focus-none flex min-w-0 flex-1 items-center gap-[9px] self-stretch rounded-3"
      >
        {entry.indexed ? (
          <Folder aria-hidden="true" className="size-4 flex-none text-fg-3" />
        ) : (
          <FolderDashed className="size-4 flex-none text-fg-3" />
        )}
        <span className="grid min-w-0">
          <bdi className={clsx('truncate text-label leading-4', absent && 'font-normal text-fg-2')} title={name}>
            {name}
          </bdi>
          {(entry.assetCount !== null || !entry.indexed) && (
            <span className="truncate text-micro leading-3.5 font-normal text-fg-3 tabular-nums">
              {absent
                ? absentWords
                : entry.assetCount === null
                  ? 'Not indexed yet'
                  : entry.assetCount === 0
                    ? 'Empty'
                    : `${formatPlural(entry.assetCount, 'item')}, ${formatBytes(entry.bytes ?? 0)}`}
            </span>
          )}
        </span>
      </Link>
      <span
        className={clsx(
          'flex flex-none items-center gap-0.5 max-sm:hidden',
          !selected &&
            'w-0 overflow-hidden group-focus-within/card:w-auto group-hover/card:w-auto has-data-popup-open:w-auto',
        )}
      >
        <Menu
          label={name}
          items={() => handlers.menu(index)}
          trigger={<IconButton label={`More for ${name}`} size="mini" tabIndex={-1} icon={<Ellipsis />} />}
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
            'mr-1 grid size-5 place-items-center rounded-full',
            selected
              ? 'bg-accent text-on-accent'
              : 'inset-ring-[1.5px] inset-ring-edge bg-sheet text-transparent hover:text-fg-3',
          )}
        >
          <Check className="size-3 stroke-3" aria-hidden="true" />
        </button>
      </span>
    </div>
  );
});
