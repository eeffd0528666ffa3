'use client';

import clsx from 'clsx';
import { Check, Download, Ellipsis, Folder } from 'lucide-react';
import Link from 'next/link';
import { memo, type RefObject, useEffect, useRef } from 'react';
import { FoundName, FoundPlace, useFound } from '#components/search/found.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { LayerCount } from '#components/ui/edges.tsx';
import { formatBytes, formatPlayTime, formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { Time } from '#components/ui/time.tsx';
import { useDropTarget } from '#components/upload/drop-store.ts';
import type { Entry } from '#lib/assets/schema.ts';
import { actionMenu } from './actions/action-menu.ts';
import { chosenOf } from './actions/chosen.ts';
import { browseHref } from './browse-href.ts';
import { download } from './content-url.ts';
import type { EntriesProps } from './entries-props.ts';
import { shownName } from './entry-key.ts';
import { kindIcon, kindLabel } from './kind-label.tsx';
import { hiddenBelow, listColumns } from './list-columns.ts';
import { Preview } from './preview.tsx';
import { StorageClass } from './storage-class.tsx';
import { useLongPress } from './use-long-press.ts';

export interface ListRowProps extends EntriesProps {
  entry: Entry;
  entryKey: string;
  rowIndex: number;
  top: number;
  height: number;
  /** Whether the neighbours are chosen too: chosen rows merge into one block. */
  joins: { above: boolean; below: boolean };
}

/** One folder or file, 36 px high (60 on a phone). */
export const ListRow = memo(function ListRow({ entry, entryKey: key, collection, ...props }: ListRowProps) {
  const { library, options, actions, phone, top, height, joins, choosing } = props;
  const selected = collection.selection.selected.has(key);
  const name = shownName(entry);
  const found = useFound();
  const focus = useEntryFocus(collection, key);
  const hold = useLongPress(() => props.longPress(entry), phone);
  const drop = useDropTarget(entry.path);
  const menu = () =>
    actionMenu(selected && collection.chosen.count > 1 ? collection.chosen : chosenOf([entry]), actions);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a virtual grid
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid around it
    <div
      ref={focus}
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={selected}
      aria-label={name}
      tabIndex={collection.tabStop === key ? 0 : -1}
      data-entry={key}
      {...(entry.type === 'folder' ? drop.props : {})}
      data-over={(entry.type === 'folder' && drop.over) || undefined}
      {...hold}
      onFocus={(event) => {
        if (event.target === event.currentTarget && collection.selection.focus !== key) collection.select(key, 'focus');
      }}
      onClick={(event) => props.press(event, entry)}
      onDoubleClick={() => props.open(entry)}
      style={{ top, height }}
      className={clsx(
        'group/row focus-inset absolute inset-x-0 grid items-center text-ui select-none max-sm:px-3',
        'data-over:bg-accent-soft data-over:inset-ring-2 data-over:inset-ring-accent',
        selected ? 'bg-accent-soft' : 'rounded-2 hover:bg-hover max-sm:active:bg-press',
        selected && !joins.above && 'rounded-t-2',
        selected && !joins.below && 'rounded-b-2',
        listColumns,
      )}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes focus */}
      <span role="gridcell" className="col-start-[check] grid place-items-center max-sm:hidden">
        <Checkbox
          aria-label={`Select ${name}`}
          tabIndex={-1}
          checked={selected}
          onClick={(event) => event.stopPropagation()}
          onCheckedChange={() => collection.select(key, 'toggle')}
          className={clsx(
            !selected &&
              'opacity-0 group-hover/row:opacity-100 group-focus-visible/row:opacity-100 pointer-coarse:opacity-100',
          )}
        />
      </span>
      <Cell className="col-start-[thumb]">
        <Thumb entry={entry} picked={phone && selected} />
      </Cell>
      <Cell
        className={clsx(
          'col-start-[name] min-w-0 pr-3',
          entry.type === 'folder' && !found && 'sm:flex sm:items-baseline sm:gap-2.5',
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
              if (!event.defaultPrevented) collection.select(key, 'focus');
            }}
            className="focus-inset block min-w-0 rounded-1 font-medium hover:underline max-sm:text-phone-name"
          >
            {found ? (
              <FoundName name={name} words={found.words} />
            ) : (
              <bdi title={name} className="block truncate whitespace-pre">
                {name}
              </bdi>
            )}
          </Link>
        ) : found ? (
          <FoundName name={name} words={found.words} className="max-sm:text-phone-name" />
        ) : (
          <MiddleTruncate name={name} className="font-medium max-sm:text-phone-name" />
        )}
        {found && <FoundPlace path={entry.path} found={found} href={props} />}
        {!found && entry.type === 'folder' && entry.assetCount !== null && (
          <span className="flex-none text-meta text-fg-3 tabular-nums max-sm:hidden">
            {folderCount(entry.assetCount)}
          </span>
        )}
        {!found && (
          <span className="hidden truncate text-phone-meta text-fg-3 tabular-nums max-sm:block">{factsOf(entry)}</span>
        )}
      </Cell>
      <Cell className={clsx('col-start-[versions]', hiddenBelow.versions, hiddenBelow.phone)}>
        {entry.type === 'asset' && <LayerCount count={entry.versionCount} />}
      </Cell>
      <Cell className={clsx('col-start-[kind] truncate text-fg-2', hiddenBelow.kind, hiddenBelow.phone)}>
        {entry.type === 'folder' ? 'Folder' : describeKind(entry)}
      </Cell>
      <Cell className={clsx('col-start-[size] truncate pr-3 text-right text-fg-2 tabular-nums', hiddenBelow.phone)}>
        {entry.type === 'asset' ? formatBytes(entry.size) : entry.bytes ? formatBytes(entry.bytes) : null}
      </Cell>
      <Cell className={clsx('col-start-[modified] truncate text-fg-2', hiddenBelow.phone)}>
        {entry.type === 'asset' && <Time at={entry.modifiedAt} capital plain />}
      </Cell>
      <Cell className={clsx('col-start-[class] text-fg-2', hiddenBelow.class, hiddenBelow.phone)}>
        {entry.type === 'asset' && <StorageClass name={entry.storageClass} />}
      </Cell>
      <Cell
        className={clsx(
          'col-start-[actions] flex justify-end gap-0.5 pr-1',
          'opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 has-data-popup-open:opacity-100 max-sm:opacity-100',
        )}
      >
        {entry.type === 'asset' && (
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
            items={menu}
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

function Cell({ className, children }: { className: string; children?: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: the row takes focus
    <span role="gridcell" className={className}>
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
        <Folder aria-hidden="true" />
      </span>
    );
  return <Preview asset={entry} className={size} fallback={kindIcon(entry.kind)} />;
}

function describeKind(entry: Extract<Entry, { type: 'asset' }>): string {
  return entry.durationMs ? `${kindLabel(entry)}, ${formatPlayTime(entry.durationMs)}` : kindLabel(entry);
}

function folderCount(count: number): string {
  return count === 0 ? 'Empty' : formatPlural(count, 'item');
}

/** One line of facts on a phone. */
function factsOf(entry: Entry): string {
  if (entry.type === 'folder') {
    if (!entry.assetCount) return entry.assetCount === null ? 'Folder' : 'Empty';
    return `${folderCount(entry.assetCount)}, ${formatBytes(entry.bytes ?? 0)}`;
  }
  const versions = entry.versionCount > 1 ? `, ${entry.versionCount} versions` : '';
  return `${describeKind(entry)}, ${formatBytes(entry.size)}${versions}`;
}

/** What happens inside is not a press on the entry around it. */
export function Still({ children, className }: { children: React.ReactNode; className?: string }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps events to itself
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <span
      className={className}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {children}
    </span>
  );
}

/** Takes DOM focus when the collection meant this entry: now, or once it is drawn. */
export function useEntryFocus(
  collection: { takesFocus: (key: string) => boolean },
  key: string,
): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (element.current && collection.takesFocus(key)) element.current.focus({ preventScroll: true });
  });
  return element;
}
