'use client';

import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { ActionContext } from '#components/browse/actions/action.ts';
import { entryKey, isFolder, shownName } from '#components/browse/entry-key.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import type { Entry } from '#lib/assets/schema.ts';
import { findPathProblem, parentFolder } from '#lib/libraries/path-rules.ts';
import { nameProblem } from './name-problem.ts';
import { transfer } from './transfer.tsx';

export interface RenameFieldProps {
  entry: Entry;
  context: ActionContext;
  close: () => void;
}

/** Milliseconds in which focus may still be on its way. */
const settleMs = 400;

/** A new name, written where the old one stands. On a phone, or where the entry is not drawn, in a dialog. */
export function RenameField({ entry, context, close }: RenameFieldProps) {
  const phone = usePhone();
  const [name, setName] = useState(entry.name);
  const [problem, setProblem] = useState<string | null>(null);
  const place = usePlaceOf(phone ? null : entryKey(entry));
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  const opened = useRef(Date.now());

  const end = () => {
    ended.current = true;
    close();
    context.focusEntry(entryKey(entry));
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ended.current) return;
    const wanted = name.trim();
    if (wanted === entry.name) return end();
    const found =
      nameProblem(wanted) ??
      findPathProblem(parentFolder(entry.path) + wanted, {
        rootPrefix: context.library.rootPrefix,
        maxSegmentBytes: null,
      });
    setProblem(found);
    if (found) return input.current?.focus();
    end();
    void rename(entry, wanted, context);
  };
  useLayoutEffect(() => {
    const field = input.current;
    if (!field || place === undefined) return;
    field.focus();
    // The extension stays unless it is meant.
    const dot = isFolder(entry) ? -1 : entry.name.lastIndexOf('.');
    field.setSelectionRange(0, dot > 0 ? dot : entry.name.length);
  }, [entry, place]);

  if (place === undefined) return null;
  const field = {
    ref: input,
    value: name,
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      setName(event.currentTarget.value);
      setProblem(null);
    },
    autoComplete: 'off',
    spellCheck: false,
    dir: 'auto' as const,
  };
  if (place === null)
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && end()}
        title={
          <>
            Rename <bdi>{shownName(entry)}</bdi>
          </>
        }
        width="small"
        initialFocus={input}
        footer={
          <>
            <DialogClose render={<Button size="field">Cancel</Button>} />
            <Button size="field" variant="primary" type="submit" form="rename">
              Rename
            </Button>
          </>
        }
      >
        <form id="rename" onSubmit={submit} noValidate>
          <Field label="Name" error={problem ?? undefined}>
            <Input {...field} />
          </Field>
        </form>
      </Dialog>
    );
  return createPortal(
    <form
      onSubmit={submit}
      noValidate
      data-rename=""
      style={{ left: place.left, top: place.top, width: place.width }}
      className="fixed z-selection grid"
    >
      <Input
        {...field}
        height="control"
        aria-label={`New name of ${shownName(entry)}`}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? 'rename-problem' : undefined}
        onBlur={() => {
          // The menu that asked for it gives focus back to where it came from when it has closed.
          if (Date.now() - opened.current < settleMs) setTimeout(() => input.current?.focus(), 0);
          else submit();
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== 'Escape') return;
          event.preventDefault();
          end();
        }}
        className="shadow-3"
      />
      {problem && (
        <p
          id="rename-problem"
          role="alert"
          className="mt-1 rounded-2 bg-raised px-2.5 py-1.5 text-meta text-danger-text shadow-3"
        >
          {problem}
        </p>
      )}
    </form>,
    document.body,
  );
}

/** Where an entry's name stands on the page: undefined until it was looked for, null when it is not drawn. */
function usePlaceOf(key: string | null): { left: number; top: number; width: number } | null | undefined {
  const [place, setPlace] = useState<{ left: number; top: number; width: number } | null | undefined>(undefined);
  useLayoutEffect(() => {
    const entry = key === null ? null : document.querySelector(`[data-entry="${CSS.escape(key)}"]`);
    const name = entry?.querySelector('[data-name], bdi');
    if (!name) return setPlace(null);
    const box = name.getBoundingClientRect();
    const around = (entry as Element).getBoundingClientRect();
    const height = 28;
    const left = Math.max(8, box.left - 10);
    setPlace({
      left,
      top: box.top + box.height / 2 - height / 2,
      width: Math.min(Math.max(box.width + 60, 180), Math.max(around.right - left, 180), window.innerWidth - left - 8),
    });
  }, [key]);
  return place;
}

async function rename(entry: Entry, name: string, context: ActionContext): Promise<void> {
  const from = shownName(entry);
  const done = await transfer(context, {
    type: 'move',
    selection: { paths: [entry.path] },
    params: { to: parentFolder(entry.path), name },
    words: { doing: `Renaming ${from}`, done: `${from} renamed to ${name}`, notDone: `${from} was not renamed` },
  });
  if (done?.state === 'succeeded' && isFolder(entry)) context.focusEntry(`f${parentFolder(entry.path)}${name}/`);
}
