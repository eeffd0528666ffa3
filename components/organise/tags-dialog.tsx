'use client';

import { useRef, useState } from 'react';
import type { ActionContext, Chosen } from '#components/browse/actions/action.ts';
import { nameOfChosen } from '#components/browse/actions/chosen.ts';
import { selectionOf } from '#components/browse/actions/selection-of.ts';
import { isAsset, isFolder } from '#components/browse/entry-key.ts';
import { wordsOf } from '#components/trash/operation-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { sharedTags } from './plan-tags.ts';
import { TagChip } from './tag-chip.tsx';
import { TagInput } from './tag-input.tsx';

/** Tags of what is chosen: put on and taken off together, as one operation that can be undone. */
export function TagsDialog({ chosen, context, close }: { chosen: Chosen; context: ActionContext; close: () => void }) {
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const assets = chosen.entries.filter(isAsset);
  const shared = sharedTags(assets).filter(({ name }) => !remove.includes(name));
  const what = nameOfChosen(chosen);
  const unknown = chosen.entries.some(isFolder) || assets.length < chosen.count;
  const nothing = add.length + remove.length === 0;
  const put = (name: string) => {
    const same = (one: string) => one.toLowerCase() === name.toLowerCase();
    setRemove((now) => now.filter((one) => !same(one)));
    setAdd((now) => (now.some(same) ? now : [...now, name]));
  };
  const save = () => {
    if (nothing) return;
    close();
    void context.operations.run(
      { type: 'tag', selection: selectionOf(chosen), params: { add, remove } },
      wordsOf('tag', what),
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={
        <>
          Tags of <bdi>{what}</bdi>
        </>
      }
      description={unknown ? 'Put on all files that are chosen, those in folders too' : undefined}
      width="medium"
      initialFocus={field}
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button
            size="field"
            variant="primary"
            disabledReason={nothing ? 'Nothing is changed' : undefined}
            onClick={save}
          >
            Save tags
          </Button>
        </>
      }
    >
      <div className="grid min-h-40 content-start gap-3">
        <TagInput
          library={context.library.slug}
          taken={[...add, ...shared.filter(({ count }) => count === assets.length).map(({ name }) => name)]}
          onAdd={put}
          inputRef={field}
        />
        {(shared.length > 0 || add.length > 0) && (
          <ul className="flex flex-wrap gap-1.5" aria-label="Tags">
            {add.map((name) => (
              <li key={name} className="max-w-full">
                <TagChip name={name} fresh onRemove={() => setAdd((now) => now.filter((one) => one !== name))} />
              </li>
            ))}
            {shared
              .filter(({ name }) => !add.includes(name))
              .map(({ name, count }) => (
                <li key={name} className="max-w-full">
                  <TagChip
                    name={name}
                    note={count < assets.length ? `${count} of ${assets.length}` : undefined}
                    onRemove={() => setRemove((now) => [...now, name])}
                  />
                </li>
              ))}
          </ul>
        )}
        {shared.length + add.length + remove.length === 0 && (
          <p className="text-meta text-fg-3">
            No tags yet. Type a word and press Enter; several can be put on together.
          </p>
        )}
        {remove.length > 0 && (
          <p className="text-meta text-fg-3">
            Taken off: <bdi>{new Intl.ListFormat('en').format(remove)}</bdi>{' '}
            <button
              type="button"
              className="rounded-1 text-fg underline underline-offset-2"
              onClick={() => setRemove([])}
            >
              Keep
            </button>
          </p>
        )}
      </div>
    </Dialog>
  );
}
