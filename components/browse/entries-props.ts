import type { RefObject } from 'react';
import type { Entry } from '#lib/assets/schema.ts';
import type { ActionContext } from './actions/action.ts';
import type { BrowseOptions } from './browse-href.ts';
import type { Collection } from './use-collection.ts';

/** What a list or a grid of entries needs; both draw the same collection. */
export type EntriesProps = {
  library: string;
  label: string;
  collection: Collection;
  /** The element that scrolls. */
  scroller: RefObject<HTMLElement | null>;
  phone: boolean;
  options: BrowseOptions;
  actions: ActionContext;
  open: (entry: Entry) => void;
  /** A press without a key: chooses on wide screens, opens on a phone. */
  press: (event: React.MouseEvent, entry: Entry) => void;
  /** Asks for the next page; does nothing while one is on its way. */
  more: () => void;
  /** Whether everything is loaded, so that the count of rows is known. */
  complete: boolean;
  /** On a phone, once something is chosen by a long press: a tap adds. */
  choosing: boolean;
  longPress: (entry: Entry) => void;
};
