'use client';

import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { ClashSide, LibraryPicture } from '#components/upload/clash-parts.tsx';
import type { OutputOf } from '#lib/http/api-client.ts';
import { nameOf, parentFolder } from '#lib/libraries/path-rules.ts';
import { nextFreeName } from '#lib/uploads/browser/item-names.ts';

export type ClashItem = OutputOf<'GET /operations/{id}/items'>['items'][number];
export type TransferChoice = 'rename' | 'replace' | 'skip';

export interface TransferClashDialogProps {
  items: ClashItem[];
  /** Of the whole batch; `items` are the first of them. */
  count: number;
  type: 'move' | 'copy';
  onAnswer: (choice: TransferChoice | null) => void;
}

/** Names that are taken where files are to go: asked once for the batch, in the words of the upload. */
export function TransferClashDialog({ items, count, type, onAnswer }: TransferClashDialogProps) {
  const [choice, setChoice] = useState<TransferChoice>('rename');
  const [first] = items;
  if (!first) return null;
  const many = count > 1;
  const folder = nameOf(parentFolder(first.path));
  const where =
    folder && items.every((item) => parentFolder(item.path) === parentFolder(first.path)) ? ` in ${folder}` : '';
  const done = type === 'move' ? 'moved' : 'copied';
  const isFolder = items.every((item) => item.error?.code === 'path_is_folder');
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onAnswer(null);
      }}
      width="large"
      title={
        <bdi>
          {many
            ? `${formatPlural(count, 'file')} already exist${where}`
            : `${nameOf(first.path)} already exists${where}`}
        </bdi>
      }
      description={many ? 'Decide for all of them. The others go ahead.' : `Nothing is ${done} before you decide.`}
      footer={
        <>
          <Button size="field" onClick={() => onAnswer(null)}>
            Cancel
          </Button>
          <Button size="field" variant="primary" onClick={() => onAnswer(choice)}>
            Continue
          </Button>
        </>
      }
    >
      {many && (
        <p className="mb-2 truncate text-label text-fg">
          <bdi>{nameOf(first.path)}</bdi>
          <span className="font-normal text-fg-3"> and {(count - 1).toLocaleString('en')} more</span>
        </p>
      )}
      <div className="grid grid-cols-[1fr_16px_1fr] items-center gap-3 text-fg-3 max-sm:grid-cols-1">
        <ClashSide title="Already there" picture={<LibraryPicture id={first.clash?.existing ?? null} />}>
          <bdi>{first.path}</bdi>
        </ClashSide>
        <ArrowLeft className="size-3.5 max-sm:hidden" aria-hidden="true" />
        <ClashSide
          title={type === 'move' ? 'Moves here' : 'Copied here'}
          picture={<LibraryPicture id={first.clash?.source ?? null} />}
        >
          <bdi>{first.from ?? first.path}</bdi>
        </ClashSide>
      </div>
      <RadioGroup<TransferChoice>
        className="mt-3.5"
        label="What to do"
        value={choice}
        onChange={setChoice}
        options={[
          {
            value: 'rename',
            label: 'Keep both',
            hint: many ? (
              'A number is added to their names'
            ) : (
              <>
                Becomes <bdi>{nextFreeName(nameOf(first.path))}</bdi>
              </>
            ),
          },
          {
            value: 'replace',
            label: 'Replace',
            hint: 'Adds a version on top. The one that is there stays in the history.',
            ...(isFolder ? { disabledReason: 'A folder of that name is there, and a file cannot replace it' } : {}),
          },
          { value: 'skip', label: 'Skip', hint: many ? `They are not ${done}` : `It is not ${done}` },
        ]}
      />
    </Dialog>
  );
}
