'use client';

import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Time } from '#components/ui/time.tsx';
import { nextFreeName } from '#lib/uploads/browser/item-names.ts';
import type { ClashChoice, UploadItem } from '#lib/uploads/browser/types.ts';
import { clashAsked, putClashAside, useClashAsked } from './clash-asked.ts';
import { ClashPicture, ClashSide, LibraryPicture } from './clash-parts.tsx';
import { uploadEngine, useClashes } from './upload-hooks.ts';

/** Asks what to do about names that are taken: once for a drop, before a byte of these files is sent. */
export function ClashDialog() {
  const clashes = useClashes();
  const asked = useClashAsked(clashes);
  if (!asked) return null;
  const same = clashes.filter((item) => item.batch === asked.batch);
  return <ClashQuestion key={asked.id} item={asked} count={same.length} sameFolder={inOneFolder(same)} />;
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

function inOneFolder(items: readonly UploadItem[]): string | null {
  const first = items[0] ? folderOf(items[0].path) : '';
  return items.every((item) => folderOf(item.path) === first) ? first : null;
}

function ClashQuestion({ item, count, sameFolder }: { item: UploadItem; count: number; sameFolder: string | null }) {
  const [choice, setChoice] = useState<ClashChoice>('rename');
  const [all, setAll] = useState(true);
  const form = useRef<HTMLDivElement>(null);
  const existing = item.clash?.existing ?? null;
  const many = count > 1;
  const forAll = many && all;
  // Its parts lie at the store and wait to be put together under another condition.
  const keepsParts = item.clash?.late === true && item.session?.kind === 'multipart';
  const folder = sameFolder?.replace(/\/$/, '').split('/').pop();
  const where = folder ? ` in ${folder}` : '';
  const title = many ? `${formatPlural(count, 'file')} already exist${where}` : `${item.name} already exists${where}`;
  const description = item.clash?.late
    ? 'Someone else put a file of this name there while yours was being sent.'
    : many
      ? 'Decide for this one, or for all.'
      : 'Nothing of it is sent before you decide.';

  const settle = (answer: ClashChoice) => {
    if (forAll) for (const one of uploadEngine().snapshot().clashes) if (one.batch === item.batch) clashAsked(one);
    clashAsked(item);
    void uploadEngine().decide(item, answer, forAll);
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) putClashAside(item.batch);
      }}
      width="large"
      title={<bdi>{title}</bdi>}
      description={description}
      footer={
        <>
          {many && (
            <Checkbox
              className="mr-auto max-sm:w-full"
              label={`Do this for all ${count}`}
              checked={all}
              onCheckedChange={(next) => setAll(next)}
            />
          )}
          <Button size="field" onClick={() => settle('skip')}>
            {many && all ? 'Cancel these uploads' : 'Cancel upload'}
          </Button>
          <Button size="field" variant="primary" onClick={() => settle(choice)}>
            Continue
          </Button>
        </>
      }
    >
      <div ref={form}>
        {many && (
          <p className="mb-2 truncate text-label text-fg">
            <bdi>{item.name}</bdi>
          </p>
        )}
        <div className="grid grid-cols-[1fr_16px_1fr] items-center gap-3 text-fg-3 max-sm:grid-cols-1">
          <ClashSide title="In the library" picture={<LibraryPicture id={existing?.id ?? null} />}>
            {existing ? (
              <>
                {formatBytes(existing.size)}, <Time at={existing.modifiedAt} plain />
              </>
            ) : (
              'You have no right to see it'
            )}
          </ClashSide>
          <ArrowLeft className="size-3.5 max-sm:hidden" aria-hidden="true" />
          <ClashSide title="Yours" picture={<OwnPicture item={item} />}>
            {formatBytes(item.size)}, <Time at={item.lastModified} plain />
          </ClashSide>
        </div>
        <RadioGroup<ClashChoice>
          className="mt-3.5"
          label="What to do with yours"
          value={choice}
          onChange={setChoice}
          options={[
            {
              value: 'rename',
              label: 'Keep both',
              hint: forAll ? (
                'Yours get a number behind their names'
              ) : (
                <>
                  Yours becomes <bdi>{nextFreeName(item.name)}</bdi>
                  {item.clash?.late && '. It is sent once more: what arrived is bound to the old name.'}
                </>
              ),
            },
            {
              value: 'replace',
              label: 'Replace',
              hint: `Adds a version on top. Theirs stays in the history.${keepsParts ? ' Nothing is sent again.' : ''}`,
              disabledReason: existing ? undefined : 'What is there cannot be seen, so it cannot be replaced',
            },
            { value: 'skip', label: 'Skip', hint: forAll ? 'Yours are not uploaded' : 'Yours is not uploaded' },
          ]}
        />
      </div>
    </Dialog>
  );
}

function OwnPicture({ item }: { item: UploadItem }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!item.file || !item.contentType.startsWith('image/')) return;
    const made = URL.createObjectURL(item.file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [item]);
  return <ClashPicture src={url} />;
}
