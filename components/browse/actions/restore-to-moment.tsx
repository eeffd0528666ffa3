import { RotateCcw } from 'lucide-react';
import { whyNoRestoreTo } from '#components/history/restore-to-moment-button.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import type { EntryAction } from './action.ts';
import { nameOfChosen } from './chosen.ts';

const RestoreToMomentDialog = onDemand(() =>
  import('#components/history/restore-to-moment-dialog.tsx').then((part) => part.RestoreToMomentDialog),
);

/** What the past is for: these are made what they were. */
export const restoreToMoment: EntryAction = {
  id: 'restore-to-moment',
  group: 'change',
  only: 'then',
  label: () => 'Restore to this moment…',
  icon: <RotateCcw />,
  shortcut: 'restore',
  bar: 'Restore',
  applies: ({ whole }) => whole === null,
  whyNot: ({ entries }, { library }) =>
    whyNoRestoreTo(
      library,
      entries.map(({ path }) => path),
    ),
  run: (chosen, { at, library, ask }) => {
    if (at === null) return;
    const paths = chosen.entries.map(({ path }) => path);
    const what = nameOfChosen(chosen);
    ask((close) => <RestoreToMomentDialog {...{ library, paths, what, at, close }} />);
  },
};
