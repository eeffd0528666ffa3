import { ClipboardCopy, Copy, FolderInput, PencilLine, Scissors, Tag } from 'lucide-react';
import { setClip } from '#components/organise/clipboard.ts';
import { announce } from '#components/shell/announce.ts';
import { onDemand } from '#components/ui/on-demand.tsx';
import { entryKey } from '../entry-key.ts';
import { whyNotWritable } from '../library-context.tsx';
import type { ActionContext, Chosen, EntryAction } from './action.ts';
import { nameOfChosen } from './chosen.ts';
import { selectionOf } from './selection-of.ts';

const RenameField = onDemand(() => import('#components/organise/rename-field.tsx').then((part) => part.RenameField));
const PlaceDialog = onDemand(() => import('#components/organise/place-dialog.tsx').then((part) => part.PlaceDialog));
const TagsDialog = onDemand(() => import('#components/organise/tags-dialog.tsx').then((part) => part.TagsDialog));

/** Changing something needs the right at every place that is chosen. */
const whyNotHere = ({ entries, whole }: Chosen, { library }: ActionContext) =>
  [...(whole ? [whole.query.path ?? ''] : []), ...entries.map(({ path }) => path)]
    .map((path) => whyNotWritable(library, path))
    .find(Boolean);

export const renameEntry: EntryAction = {
  id: 'rename',
  only: 'now',
  group: 'change',
  label: () => 'Rename',
  icon: <PencilLine />,
  shortcut: 'rename',
  applies: ({ count }) => count === 1,
  whyNot: whyNotHere,
  run: ({ entries: [one] }, context) => {
    if (one) context.ask((close) => <RenameField entry={one} context={context} close={close} />);
  },
};

export const moveTo: EntryAction = {
  id: 'move',
  only: 'now',
  group: 'change',
  label: () => 'Move to…',
  icon: <FolderInput />,
  bar: 'Move',
  applies: () => true,
  whyNot: whyNotHere,
  run: (chosen, context) => context.ask((close) => <PlaceDialog type="move" {...{ chosen, context, close }} />),
};

export const copyTo: EntryAction = {
  id: 'copy-to',
  only: 'now',
  group: 'change',
  label: () => 'Copy to…',
  icon: <Copy />,
  applies: () => true,
  whyNot: (_, { library }) =>
    library.readOnlyReason ??
    (library.prefixes.some(({ role }) => role !== 'viewer')
      ? undefined
      : `Only contributors of ${library.name} copy files`),
  run: (chosen, context) => context.ask((close) => <PlaceDialog type="copy" {...{ chosen, context, close }} />),
};

export const cutEntries: EntryAction = {
  id: 'cut',
  only: 'now',
  group: 'change',
  label: () => 'Cut',
  icon: <Scissors />,
  shortcut: 'cut',
  applies: () => true,
  whyNot: whyNotHere,
  run: (chosen, context) => take('move', chosen, context),
};

export const copyEntries: EntryAction = {
  id: 'copy',
  only: 'now',
  group: 'change',
  label: () => 'Copy',
  icon: <ClipboardCopy />,
  shortcut: 'copy',
  applies: () => true,
  run: (chosen, context) => take('copy', chosen, context),
};

function take(mode: 'copy' | 'move', chosen: Chosen, { library }: ActionContext): void {
  const what = nameOfChosen(chosen);
  const keys = new Set(mode === 'move' ? chosen.entries.map(entryKey) : []);
  // Paths, so that a copy beside itself is known as one; the ids of all else survive a rename.
  const selection = chosen.whole ? selectionOf(chosen) : { paths: chosen.entries.map(({ path }) => path) };
  setClip({ library: library.slug, mode, selection, what, keys });
  // What lay in the system's clipboard before, such as a picture, is older: Ctrl+V means these now. Without the right, or without https, it stays.
  navigator.clipboard?.writeText(what).catch(() => undefined);
  announce(`${what} ${mode === 'copy' ? 'copied' : 'cut'}. Paste in another folder.`);
}

export const editTags: EntryAction = {
  id: 'tags',
  only: 'now',
  group: 'change',
  label: () => 'Tags…',
  icon: <Tag />,
  shortcut: 'tags',
  bar: 'Tag',
  applies: () => true,
  whyNot: whyNotHere,
  run: (chosen, context) => context.ask((close) => <TagsDialog {...{ chosen, context, close }} />),
};
