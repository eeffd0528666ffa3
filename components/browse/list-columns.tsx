import type { ReactNode } from 'react';
import { LayerCount } from '#components/ui/edges.tsx';
import { formatBytes, formatDimensions, formatPlayTime } from '#components/ui/format.ts';
import { Time } from '#components/ui/time.tsx';
import type { Entry, EntrySort } from '#lib/assets/schema.ts';
import { kindLabel } from './kind-label.tsx';
import { makeRemembered, useRemembered } from './remembered.ts';
import { StorageClass } from './storage-class.tsx';

export type ColumnId = 'versions' | 'kind' | 'dimensions' | 'size' | 'modified' | 'tags' | 'class';

export type Column = {
  label: string;
  /** Px, until somebody chooses another width. */
  width: number;
  sort?: { ascending: EntrySort; descending?: EntrySort };
  align?: 'end';
  /** Content narrower than this hides it: the panel takes its room from the list, not from the names. */
  hidden: string;
  cell: (entry: Entry) => ReactNode;
};

const always = 'max-sm:hidden';
const from680 = 'max-sm:hidden @max-[680px]/list:hidden';
const from880 = 'max-sm:hidden @max-[880px]/list:hidden';

export const columns: Record<ColumnId, Column> = {
  versions: {
    label: 'Versions',
    width: 76,
    hidden: from680,
    cell: (entry) => entry.type === 'asset' && <LayerCount count={entry.versionCount} />,
  },
  kind: {
    label: 'Kind',
    width: 96,
    sort: { ascending: 'type' },
    hidden: from680,
    cell: (entry) => (entry.type === 'folder' ? 'Folder' : describeKind(entry)),
  },
  dimensions: {
    label: 'Pixels',
    width: 104,
    hidden: from880,
    cell: (entry) =>
      entry.type === 'asset' && entry.width && entry.height ? formatDimensions(entry.width, entry.height) : null,
  },
  size: {
    label: 'Size',
    width: 84,
    sort: { ascending: 'size', descending: '-size' },
    align: 'end',
    hidden: always,
    cell: (entry) => (entry.type === 'asset' ? formatBytes(entry.size) : entry.bytes ? formatBytes(entry.bytes) : null),
  },
  modified: {
    label: 'Modified',
    width: 140,
    sort: { ascending: 'modified', descending: '-modified' },
    hidden: always,
    cell: (entry) => entry.type === 'asset' && <Time at={entry.modifiedAt} capital plain />,
  },
  tags: {
    label: 'Tags',
    width: 140,
    hidden: from880,
    cell: (entry) => (entry.type === 'asset' && entry.tags.length > 0 ? entry.tags.join(', ') : null),
  },
  class: {
    label: 'Class',
    width: 112,
    hidden: from880,
    cell: (entry) => entry.type === 'asset' && <StorageClass name={entry.storageClass} />,
  },
};

export const columnIds = Object.keys(columns) as ColumnId[];

/** "Photo", "Video, 0:42". */
export function describeKind(entry: Extract<Entry, { type: 'asset' }>): string {
  return entry.durationMs ? `${kindLabel(entry)}, ${formatPlayTime(entry.durationMs)}` : kindLabel(entry);
}

/** `shown` in the order in which they stand; `widths` in px where somebody chose one. */
export type ColumnChoice = { shown: readonly ColumnId[]; widths: Partial<Record<ColumnId, number>> };

/** Px that a column has at least and at most. */
export const columnLimits = { least: 56, most: 360 };

export function clampWidth(width: number): number {
  return Math.round(Math.min(columnLimits.most, Math.max(columnLimits.least, width)));
}

/** Makes sound columns of what a browser kept, which may be of an older release. */
export function readColumns(value: Record<string, unknown>): ColumnChoice {
  const shown = Array.isArray(value.shown)
    ? columnIds.filter((id) => (value.shown as unknown[]).includes(id))
    : usual.shown;
  const order = (id: ColumnId) => (Array.isArray(value.shown) ? (value.shown as unknown[]).indexOf(id) : 0);
  const given =
    typeof value.widths === 'object' && value.widths !== null ? (value.widths as Record<string, unknown>) : {};
  const widths: ColumnChoice['widths'] = {};
  for (const id of columnIds) if (typeof given[id] === 'number') widths[id] = clampWidth(given[id]);
  return { shown: shown.toSorted((a, b) => order(a) - order(b)), widths };
}

/** The columns after one moved a place to the left (-1) or the right. */
export function moveColumn(shown: readonly ColumnId[], id: ColumnId, by: -1 | 1): readonly ColumnId[] {
  const from = shown.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= shown.length) return shown;
  return shown.with(from, shown[to] as ColumnId).with(to, id);
}

const usual: ColumnChoice = { shown: ['versions', 'kind', 'size', 'modified', 'class'], widths: {} };
const kept = makeRemembered<ColumnChoice>('strata.columns', usual, readColumns);

/** Which columns the list has, in which order and how wide; remembered in this browser. */
export function useColumns() {
  return useRemembered(kept);
}
export const usualColumns = usual;

/** The widths as properties of the list: dragging a head changes one of them, and no row is drawn again. */
export function widthProperties({ shown, widths }: ColumnChoice): Record<string, string> {
  return Object.fromEntries(shown.map((id) => [`--col-${id}`, `${widths[id] ?? columns[id].width}px`]));
}
