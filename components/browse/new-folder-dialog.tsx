'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { followOperation } from '#components/trash/follow-operation.ts';
import { refreshLibrary } from '#components/trash/refresh-library.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import { findPathProblem } from '#lib/libraries/path-rules.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';

/** Asks for a name and makes the folder: an empty object whose key ends in "/", as other S3 tools make it. */
export function NewFolderDialog({
  library,
  path,
  where,
  open,
  onOpenChange,
  onMade,
}: {
  library: LibraryView;
  path: string;
  /** The folder in words. */
  where: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (path: string) => void;
}) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const made = `${path}${name.trim()}/`;
  const check = (): string | null => {
    if (name.trim() === '') return 'A folder needs a name.';
    if (name.includes('/')) return 'A name cannot hold a slash. Make one folder inside the other.';
    return findPathProblem(made, { rootPrefix: library.rootPrefix, maxSegmentBytes: null });
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const found = check();
    setProblem(found);
    if (found) return input.current?.focus();
    setBusy(true);
    try {
      const started = await api('POST /libraries/{library}/operations', {
        library: library.slug,
        type: 'create-folder',
        selection: { paths: [made] },
        clientId: crypto.randomUUID(),
      });
      const operation = await followOperation(started.operation, () => {});
      if (operation.state !== 'succeeded') {
        setProblem(operation.errorDetail ?? 'The store did not make the folder. Try again.');
        return;
      }
      await refreshLibrary(queries, library.slug);
      close(false);
      onMade(made);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.detail);
    } finally {
      setBusy(false);
    }
  };
  const close = (next: boolean) => {
    if (!next) {
      setName('');
      setProblem(null);
    }
    onOpenChange(next);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="New folder"
      description={`In ${where}`}
      width="small"
      initialFocus={input}
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button size="field" variant="primary" type="submit" form="new-folder" busy={busy}>
            Make folder
          </Button>
        </>
      }
    >
      <form id="new-folder" onSubmit={(event) => void submit(event)} noValidate>
        <Field label="Name" error={problem ?? undefined}>
          <Input
            ref={input}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setProblem(null);
            }}
            height="field"
            autoComplete="off"
            spellCheck={false}
            dir="auto"
          />
        </Field>
      </form>
    </Dialog>
  );
}
