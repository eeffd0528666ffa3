import { RotateCcw } from 'lucide-react';
import { RestoreToMomentDialog } from '#components/history/restore-to-moment-asked.ts';
import { whyNoRestoreTo } from '#components/history/restore-to-moment-button.tsx';
import type { EntryAction } from './action.ts';
import { nameOfChosen } from './chosen.ts';

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
