import { Archive } from 'lucide-react';
import { onDemand } from '#components/ui/on-demand.tsx';
import { whyNotAdmin } from '../library-context.tsx';
import type { EntryAction } from './action.ts';

const ClassDialog = onDemand(() => import('#components/organise/class-dialog.tsx').then((part) => part.ClassDialog));

/** Brings files into another storage class now. Which ones the store takes is said in the dialog, each with its reason. */
export const changeClass: EntryAction = {
  id: 'class',
  only: 'now',
  group: 'change',
  label: () => 'Storage class…',
  icon: <Archive />,
  applies: () => true,
  whyNot: ({ entries, whole }, { library }) =>
    whyNotAdmin(
      library,
      [...(whole ? [whole.query.path ?? ''] : []), ...entries.map(({ path }) => path)],
      'change storage classes',
    ) ??
    library.reclassRefusedReason ??
    undefined,
  run: (chosen, context) => context.ask((close) => <ClassDialog {...{ chosen, context, close }} />),
};
