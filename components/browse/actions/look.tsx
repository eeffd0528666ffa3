import { Layers, PanelRight } from 'lucide-react';
import type { EntryAction } from './action.ts';
import { oneAsset } from './chosen.ts';

const shared = {
  group: 'look',
  applies: (chosen) => oneAsset(chosen) !== null,
  run: ({ entries: [one] }, context) => one && context.showDetails(one),
} satisfies Partial<EntryAction>;

export const showVersions: EntryAction = {
  ...shared,
  id: 'versions',
  label: () => 'Versions',
  icon: <Layers />,
  end: (chosen) => oneAsset(chosen)?.versionCount,
};

/** Its key belongs to the panel itself, which it also closes. */
export const showDetails: EntryAction = {
  ...shared,
  id: 'details',
  label: () => 'Details',
  icon: <PanelRight />,
  shortcut: 'details',
};
