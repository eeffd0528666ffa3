'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { findTemplateProblem, hasPlaceholder, resolveTemplate } from '#lib/uploads/browser/destination-template.ts';
import type { Destination } from '#lib/uploads/browser/types.ts';

const storageKey = (library: string) => `strata.upload-template.${library}`;

function remembered(library: string): string | null {
  try {
    return localStorage.getItem(storageKey(library));
  } catch {
    // Storage may be barred; then the template is typed each time.
    return null;
  }
}

function remember(library: string, template: string): void {
  try {
    localStorage.setItem(storageKey(library), template);
  } catch {
    // As above.
  }
}

/** Where files go by their date: a template such as photos/{yyyy}/{mm}/, with what it means today beside it. */
export function DestinationDialog({
  open,
  onOpenChange,
  library,
  folder,
  onChoose,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  library: string;
  folder: string;
  onChoose: (source: 'files' | 'folder', to: Destination) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const template = typed ?? (open ? remembered(library) : null) ?? `${folder}{yyyy}/{mm}/`;
  const problem = findTemplateProblem(template);
  const choose = (source: 'files' | 'folder') => {
    remember(library, template);
    onOpenChange(false);
    onChoose(source, { library, folder: template, template: true });
  };
  const example = problem ? '' : resolveTemplate(template, Date.now());
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Upload to a folder by date"
      description="Each file goes by the date of its last change, in this computer’s time zone."
      footer={
        <>
          <Button size="field" disabledReason={problem ?? undefined} onClick={() => choose('folder')}>
            Choose a folder
          </Button>
          <Button size="field" variant="primary" disabledReason={problem ?? undefined} onClick={() => choose('files')}>
            Choose files
          </Button>
        </>
      }
    >
      <Field
        label="Destination"
        error={problem}
        hint={
          <>
            {'{yyyy}'}, {'{mm}'} and {'{dd}'} stand for year, month and day.{' '}
            {!problem && (
              <>
                A file changed today goes to <bdi>{example === '' ? 'the top of the library' : example}</bdi>
                {hasPlaceholder(template) ? '' : ', as does every other'}.
              </>
            )}
          </>
        }
      >
        <Input value={template} onChange={(event) => setTyped(event.target.value)} spellCheck={false} dir="auto" />
      </Field>
    </Dialog>
  );
}
