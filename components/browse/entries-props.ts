import type { MouseEvent, RefObject } from 'react';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import type { BrowseOptions } from './browse-href.ts';
import type { Collection } from './use-collection.ts';
import type { Density } from './use-density.ts';

/** What a row or tile calls; all of it stays the same while the folder does, so that only what changed is drawn again. */
export type EntryHandlers = {
  /** A press: chooses on wide screens, opens on a phone. */
  press: (event: MouseEvent, index: number) => void;
  open: (index: number) => void;
  toggle: (index: number) => void;
  /** It got focus by itself, by the pointer or by Tab. */
  focused: (index: number) => void;
  menu: (index: number) => MenuEntry[];
};

/** What a list or a grid of entries needs; both draw the same collection. */
export type EntriesProps = {
  library: string;
  label: string;
  collection: Collection;
  handlers: EntryHandlers;
  /** The element that scrolls. */
  scroller: RefObject<HTMLElement | null>;
  phone: boolean;
  options: BrowseOptions;
  density: Density;
  /** On a phone, once something is chosen by a long press: a tap adds. */
  choosing: boolean;
};

/** What every row and tile is given. */
export type EntryProps = {
  index: number;
  selected: boolean;
  /** Tab reaches this one. */
  stop: boolean;
  library: string;
  options: BrowseOptions;
  phone: boolean;
  choosing: boolean;
  handlers: EntryHandlers;
};
