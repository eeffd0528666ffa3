import { Trash2 } from 'lucide-react';
import { formatCount } from '#components/ui/format.ts';
import { whyNotWritable } from '../library-context.tsx';
import type { EntryAction } from './action.ts';
import { nameOfChosen } from './chosen.ts';
import { selectionOf } from './selection-of.ts';

/** Items of one operation (lib/operations/resolve-selection.ts). */
const mostOfOne = 100_000;

export const moveToTrash: EntryAction = {
  id: 'trash',
  only: 'now',
  group: 'remove',
  label: () => 'Move to trash',
  icon: <Trash2 />,
  shortcut: 'trash',
  bar: 'Move to trash',
  phoneBar: 'Trash',
  applies: () => true,
  whyNot: ({ count, entries }, { library }) =>
    count > mostOfOne
      ? `Up to ${formatCount(mostOfOne)} files are moved at once`
      : entries.map((entry) => whyNotWritable(library, entry.path)).find(Boolean),
  run: (chosen, { leave, operations }) => {
    leave(chosen.entries);
    void operations.trash(selectionOf(chosen), nameOfChosen(chosen));
  },
};
