'use client';

import { useInsertionEffect, useMemo, useRef } from 'react';
import type { Entry } from '#lib/assets/schema.ts';
import type { ActionContext } from './actions/action.ts';
import { actionMenu } from './actions/action-menu.ts';
import { chosenOf } from './actions/chosen.ts';
import type { EntryHandlers } from './entries-props.ts';
import { howOf } from './selection.ts';
import type { Collection } from './use-collection.ts';

/** What rows and tiles call. The object stays the same: what changes in it is asked when something happens. */
export function useEntryHandlers(now: {
  collection: Collection;
  actions: ActionContext;
  phone: boolean;
  choosing: boolean;
  /** After a press that chose this one alone. */
  chosen: (entry: Entry) => void;
}): EntryHandlers {
  const latest = useRef(now);
  useInsertionEffect(() => {
    latest.current = now;
  });
  return useMemo((): EntryHandlers => {
    const open = (index: number) => {
      const entry = latest.current.collection.listing.at(index);
      if (entry) latest.current.actions.open(entry);
    };
    return {
      open,
      toggle: (index) => latest.current.collection.select(index, 'toggle'),
      focused: (index) => {
        const { selection, select } = latest.current.collection;
        if (selection.focus?.index !== index || selection.focus.key === null) select(index, 'focus');
      },
      press: (event, index) => {
        const { collection, phone, choosing, chosen } = latest.current;
        if (phone) {
          if (choosing) collection.select(index, 'toggle');
          else open(index);
          return;
        }
        const how = howOf(event);
        collection.select(index, how);
        const entry = collection.listing.at(index);
        if (how === 'only' && entry) chosen(entry);
      },
      menu: (index) => {
        const { collection, actions } = latest.current;
        const entry = collection.listing.at(index);
        if (!entry) return [];
        const many = collection.isSelected(index) && collection.chosen.count > 1;
        return actionMenu(many ? collection.chosen : chosenOf([entry]), actions);
      },
    };
  }, []);
}
