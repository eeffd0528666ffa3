import { Eye, FolderOpen } from 'lucide-react';
import { isAsset } from '../entry-key.ts';
import type { EntryAction } from './action.ts';

const shared = {
  group: 'open',
  label: () => 'Open',
  shortcut: 'open',
  run: ({ entries: [one] }, context) => one && context.open(one),
} satisfies Partial<EntryAction>;

export const openFile: EntryAction = {
  ...shared,
  id: 'open',
  icon: <Eye />,
  applies: ({ count, entries }) => count === 1 && entries.every(isAsset),
};

export const openFolder: EntryAction = {
  ...shared,
  id: 'open-folder',
  icon: <FolderOpen />,
  applies: ({ count, entries }) => count === 1 && !entries.some(isAsset),
};
