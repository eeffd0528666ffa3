'use client';

import { useState } from 'react';
import type { ActionContext, Chosen } from '#components/browse/actions/action.ts';
import { nameOfChosen } from '#components/browse/actions/chosen.ts';
import { selectionOf } from '#components/browse/actions/selection-of.ts';
import { isFolder } from '#components/browse/entry-key.ts';
import { whyNotWritable } from '#components/browse/library-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { truncateMiddle } from '#components/ui/format-name.ts';
import { Input } from '#components/ui/input.tsx';
import { findPathProblem, nameOf, parentFolder } from '#lib/libraries/path-rules.ts';
import { FolderPicker } from './folder-picker.tsx';
import { transfer } from './transfer.tsx';
import { transferWords } from './transfer-words.ts';

export interface PlaceDialogProps {
  type: 'move' | 'copy';
  chosen: Chosen;
  context: ActionContext;
  close: () => void;
}

/** Letters of a folder's name on the button. */
const longestName = 22;

/** "Move to…" and "Copy to…": a folder of the tree, or a new one in it. */
export function PlaceDialog({ type, chosen, context, close }: PlaceDialogProps) {
  const { library, folder } = context;
  const [to, setTo] = useState(folder);
  const [fresh, setFresh] = useState('');
  const roots = chosen.entries.filter(isFolder).map(({ path }) => path);
  const here =
    type === 'move' && chosen.entries.every((entry) => parentFolder(entry.path) === to) && chosen.whole === null;
  const whyNot = (path: string) =>
    whyNotWritable(library, path) ??
    (roots.some((root) => path.startsWith(root)) ? 'A folder cannot go into itself' : undefined);
  const name = fresh.trim();
  const target = name === '' ? to : `${to}${name}/`;
  const problem =
    name === ''
      ? null
      : name.includes('/')
        ? 'A name cannot hold a slash.'
        : findPathProblem(target, { rootPrefix: library.rootPrefix, maxSegmentBytes: null });
  const where = target === '' ? library.name : nameOf(target);
  const what = nameOfChosen(chosen);
  const known = chosen.entries.length === chosen.count;
  const bytes = chosen.entries.reduce(
    (sum, entry) => sum + (entry.type === 'asset' ? entry.size : (entry.bytes ?? 0)),
    0,
  );
  const verb = type === 'move' ? 'Move' : 'Copy';
  const reason = problem ?? whyNot(to) ?? (here && name === '' ? `It is in ${where} already` : undefined);

  const go = () => {
    if (reason) return;
    close();
    context.leave(type === 'move' ? chosen.entries : []);
    void transfer(context, {
      type,
      selection: selectionOf(chosen),
      params: { to: target },
      words: transferWords(type, what, where),
    });
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      width="medium"
      title={
        <>
          {verb} <bdi>{what}</bdi>
        </>
      }
      description={known ? formatBytes(bytes) : undefined}
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button size="field" variant="primary" disabledReason={reason} onClick={go}>
            {verb} to {truncateMiddle(where, longestName)}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <FolderPicker library={library} value={to} onChange={setTo} whyNot={whyNot} />
        <Field label="New folder inside it" hint="Leave it empty to use the folder itself" error={problem ?? undefined}>
          <Input
            value={fresh}
            onChange={(event) => setFresh(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
          />
        </Field>
      </form>
    </Dialog>
  );
}
