'use client';

import { pastReason } from '#components/history/moment.ts';
import { announce } from '#components/shell/announce.ts';
import { useShortcut } from '#components/shell/shortcuts.ts';
import type { ActionContext, Chosen } from './action.ts';
import { entryActions, isOffered, whyNotNow } from './all-actions.ts';

/** Keys of the screen itself: the entries' own grid takes Enter, and the panel's key also closes it. */
const elsewhere = ['open', 'open-folder', 'details'];
const keyed = entryActions.filter(({ id, shortcut }) => shortcut !== undefined && !elsewhere.includes(id));

/** Gives every action its key. They work on what is chosen; without a choice on the entry that has focus. */
export function useActionKeys(subject: (() => Chosen) | null, context: ActionContext): void {
  for (const action of keyed) {
    // The list is a constant: the same hooks in the same order.
    // biome-ignore lint/correctness/useHookAtTopLevel: as above
    useShortcut(
      action.shortcut as NonNullable<typeof action.shortcut>,
      subject === null
        ? null
        : () => {
            const chosen = subject();
            if (chosen.count === 0) return false;
            if (action.only === 'now' && context.at !== null) return announce(pastReason, { urgent: true });
            if (!isOffered(action, chosen, context)) return false;
            const reason = whyNotNow(action, chosen, context);
            if (reason) announce(reason, { urgent: true });
            else action.run(chosen, context);
          },
    );
  }
}
