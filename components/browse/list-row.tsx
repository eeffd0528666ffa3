'use client';

import clsx from 'clsx';
import { Check, Download, Ellipsis, Folder } from 'lucide-react';
import Link from 'next/link';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { absentWords, isAbsent } from '#components/history/absent-folders.ts';
import type { PastFlag } from '#components/history/moment.ts';
import { PastNote, useFlag } from '#components/history/past-flag.tsx';
import { FoundName, FoundPlace, useFound } from '#components/search/found.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { useDropTarget } from '#components/upload/drop-store.ts';
import type { Entry } from '#lib/assets/schema.ts';
import { browseHref } from './browse-href.ts';
import { download } from './content-url.ts';
import { dragOut } from './drag-out.ts';
import type { EntryProps } from './entries-props.ts';
import { entryKey, shownName } from './entry-key.ts';
import { FolderDashed } from './folder-dashed.tsx';
import { kindIcon } from './kind-label.tsx';
import { type ColumnId, columns, describeKind } from './list-columns.tsx';
import { Preview } from './preview.tsx';
import { Still } from './still.tsx';
import { useLongPress } from './use-long-press.ts';

export interface ListRowProps extends EntryProps {
  entry: Entry;
  top: number;
  height: number;
  columns: readonly ColumnId[];
  /** Whether the neighbours are chosen too: chosen rows merge into one block. */
  above: boolean;
  below: boolean;
}

/** One folder or file, 36 px high (60 on a phone). */
export const ListRow = memo(function ListRow({ entry, index, selected, handlers, ...props }: ListRowProps) {
  const { library, options, phone, top, height, choosing } = props;
  const name = shownName(entry);
  const found = useFound();
  const flag = useFlag(entry.type === 'asset' ? entry : null);
  const hold = useLongPress(() => handlers.toggle(index), phone);
  const drop = useDropTarget(entry.path);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a virtual grid
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid around it
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-label={flag ? `${name}, ${flag.long}` : name}
      tabIndex={props.stop ? 0 : -1}
      data-entry={entryKey(entry)}
      draggable={!phone && entry.type === 'asset'}
      onDragStart={(event) => entry.type === 'asset' && dragOut(event, entry)}
      {...(entry.type === 'folder' ? drop.props : {})}
      data-over={(entry.type === 'folder' && drop.over) || undefined}
      {...hold}
      onFocus={(event) => {
        if (event.target === event.currentTarget) handlers.focused(index);
      }}
      onClick={(event) => handlers.press(event, index)}
      onDoubleClick={() => handlers.open(index)}
      style={{ top, height }}
      className={clsx(
        'group/row focus-inset absolute inset-x-0 flex items-center text-ui select-none max-sm:px-3',
        'data-over:bg-accent-soft data-over:inset-ring-2 data-over:inset-ring-accent',
        selected ? 'bg-accent-soft' : 'rounded-2 hover:bg-hover max-sm:active:bg-press',
        selected && !props.above && 'rounded-t-2',
        selected && !props.below && 'rounded-b-2',
      )}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes focus */}
      <span role="gridcell" className="grid w-7.5 flex-none place-items-center max-sm:hidden">
        <Checkbox
          aria-label={`Select ${name}`}
          tabIndex={-1}
          checked={selected}
          onClick={(event) => event.stopPropagation()}
          onCheckedChange={() => handlers.toggle(index)}
          className={clsx(
            !selected &&
              'opacity-0 group-hover/row:opacity-100 group-focus-visible/row:opacity-100 pointer-coarse:opacity-100',
          )}
        />
      </span>
      <Cell className="w-11.5 flex-none max-sm:w-14">
        <Thumb entry={entry} picked={phone && selected} />
      </Cell>
      <Cell
        className={clsx(
          'min-w-0 flex-1 pr-3',
          (entry.type === 'folder' || flag) && !found && 'sm:flex sm:items-baseline sm:gap-2.5',
        )}
      >
        {entry.type === 'folder' && !choosing ? (
          <Link
            prefetch={false}
            href={browseHref(library, entry.path, options)}
            tabIndex={-1}
            data-menu=""
            onClick={(event) => {
              // With a key held it chooses, as everywhere in the row.
              if (event.shiftKey || event.ctrlKey || event.metaKey) event.preventDefault();
              else event.stopPropagation();
              if (!event.defaultPrevented) handlers.focused(index);
            }}
            className="focus-inset block min-w-0 rounded-1 font-medium hover:underline max-sm:text-phone-name"
          >
            {found ? (
              <FoundName name={name} words={found.words} />
            ) : (
              <bdi
                title={name}
                className={clsx('block truncate whitespace-pre', isAbsent(entry) && 'font-normal text-fg-2')}
              >
                {name}
              </bdi>
            )}
          </Link>
        ) : found ? (
          <FoundName name={name} words={found.words} className="max-sm:text-phone-name" />
        ) : (
          <MiddleTruncate name={name} className={clsx('font-medium max-sm:text-phone-name', flag && 'sm:flex-1')} />
        )}
        {found && <FoundPlace path={entry.path} found={found} href={props} />}
        {entry.type === 'asset' && !phone && <PastNote entry={entry} />}
        {!found && entry.type === 'folder' && (entry.assetCount !== null || !entry.indexed) && (
          <span className="flex-none text-meta text-fg-3 tabular-nums max-sm:hidden">
            {isAbsent(entry)
              ? absentWords
              : entry.assetCount === null
                ? 'Not indexed yet'
                : folderCount(entry.assetCount)}
          </span>
        )}
        {!found && (
          <span className="hidden truncate text-phone-meta text-fg-3 tabular-nums max-sm:block">
            {factsOf(entry, flag)}
          </span>
        )}
      </Cell>
      {props.columns.map((id) => {
        const { align, hidden, cell } = columns[id];
        return (
          <Cell
            key={id}
            style={{ width: `var(--col-${id})` }}
            className={clsx(
              'flex-none truncate',
              hidden,
              id !== 'versions' && 'text-fg-2',
              align === 'end' && 'pr-3 text-right tabular-nums',
            )}
          >
            {cell(entry)}
          </Cell>
        );
      })}
      <Cell
        className={clsx(
          'flex w-21 flex-none justify-end gap-0.5 pr-1 max-sm:w-11 sm:@max-[880px]/list:w-15 sm:@max-[680px]/list:w-9',
          'opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 has-data-popup-open:opacity-100 max-sm:opacity-100',
        )}
      >
        {entry.type === 'asset' && !entry.since?.removedAt && (
          <IconButton
            label={`Download ${name}`}
            size="mini"
            tabIndex={-1}
            icon={<Download />}
            onClick={(event) => {
              event.stopPropagation();
              download([entry]);
            }}
            className="@max-[680px]/list:hidden max-sm:hidden"
          />
        )}
        <Still>
          <Menu
            label={name}
            items={() => handlers.menu(index)}
            trigger={
              <IconButton
                label={`More for ${name}`}
                size={phone ? 'touch' : 'mini'}
                tabIndex={-1}
                icon={<Ellipsis />}
              />
            }
          />
        </Still>
      </Cell>
    </div>
  );
});

function Cell({ className, style, children }: { className: string; style?: CSSProperties; children?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: the row takes focus
    <span role="gridcell" className={className} style={style}>
      {children}
    </span>
  );
}

function Thumb({ entry, picked }: { entry: Entry; picked: boolean }) {
  const size = 'h-6 w-9 rounded-1 max-sm:size-11 max-sm:rounded-2 [&_svg]:size-3.5 max-sm:[&_svg]:size-5';
  if (picked)
    return (
      <span className={clsx(size, 'grid place-items-center bg-accent text-on-accent')}>
        <Check aria-hidden="true" />
      </span>
    );
  if (entry.type === 'folder')
    return (
      <span className={clsx(size, 'grid place-items-center text-fg-3')}>
        {entry.indexed ? <Folder aria-hidden="true" /> : <FolderDashed />}
      </span>
    );
  return (
    <Preview asset={entry} className={size} fallback={kindIcon(entry.kind)} gone={Boolean(entry.since?.removedAt)} />
  );
}

function folderCount(count: number): string {
  return count === 0 ? 'Empty' : formatPlural(count, 'item');
}

/** One line of facts on a phone. */
function factsOf(entry: Entry, flag: PastFlag | null): string {
  if (entry.type === 'folder') {
    if (isAbsent(entry)) return absentWords;
    if (!entry.indexed) return 'Not indexed yet';
    if (!entry.assetCount) return entry.assetCount === null ? 'Folder' : 'Empty';
    return `${folderCount(entry.assetCount)}, ${formatBytes(entry.bytes ?? 0)}`;
  }
  const versions = flag
    ? `, ${flag.long.toLowerCase()}`
    : entry.versionCount > 1
      ? `, ${entry.versionCount} versions`
      : '';
  return `${describeKind(entry)}, ${formatBytes(entry.size)}${versions}`;
}
