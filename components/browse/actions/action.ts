import type { ReactNode } from 'react';
import type { ShortcutId } from '#components/shell/shortcut-table.ts';
import type { Operations } from '#components/trash/use-operations.tsx';
import type { Entry } from '#lib/assets/schema.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { Scope } from '../listing.ts';

/** All files that a folder or a search holds, whether the page has read them or not, without some. */
export type Whole = { query: Scope['query']; except: readonly Entry[] };

/** What an action is for. `entries` are those that the page knows: all of them unless `count` says more. */
export type Chosen = { count: number; entries: readonly Entry[]; whole: Whole | null };

/** What actions may use of the screen around them. */
export interface ActionContext {
  library: LibraryView;
  /** The folder that is shown. */
  folder: string;
  /** The moment that is shown, RFC 3339; null: now. */
  at: string | null;
  operations: Operations;
  open: (entry: Entry) => void;
  showDetails: (entry: Entry) => void;
  /** What is moved or removed is not looked at any longer: closes the panel if it shows one of these. */
  leave: (entries: readonly Entry[]) => void;
  /** Puts the keyboard on an entry once it is listed (`entryKey`): after a rename, on a new folder. */
  focusEntry: (key: string) => void;
  /** Shows a dialog of the action; it closes itself by calling `close`. */
  ask: (dialog: (close: () => void) => ReactNode) => void;
}

/**
 * One thing that can be done with entries. The "..." menu, the context menu, the sheet on a phone, the selection bar, the command palette
 * and the key are all made from this: what is in one of them is in all.
 */
export interface EntryAction {
  id: string;
  /** Lines of the menu stand between these. */
  group: 'open' | 'save' | 'look' | 'change' | 'remove';
  label: (chosen: Chosen) => string;
  icon: ReactNode;
  /** Its key, from the one table; shown beside it and caught for it. */
  shortcut?: ShortcutId;
  /** At the right where there is no key. */
  end?: (chosen: Chosen) => ReactNode;
  /** Whether it has a meaning for these; it is left out where it has none. */
  applies: (chosen: Chosen, context: ActionContext) => boolean;
  /** Why it cannot be done now though it has a meaning, in words: greyed. */
  whyNot?: (chosen: Chosen, context: ActionContext) => string | undefined;
  run: (chosen: Chosen, context: ActionContext) => void;
  /** Has a meaning in the present only, or in the past only. */
  only?: 'now' | 'then';
  /** Also a button on the selection bar, with this shorter label. */
  bar?: string;
  /** What is written on that button where there is little room; its name stays. */
  phoneBar?: string;
}
