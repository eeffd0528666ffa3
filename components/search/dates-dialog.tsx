'use client';

import { type FormEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { parseDateSpan } from '#lib/search/date-span.ts';
import { describeSpan } from './filter-words.ts';
import type { DateFilter } from './use-filters.ts';

/** Days in words: what is typed is read back as days before it is taken. */
export function DatesDialog({
  filter,
  value,
  onTake,
  onOpenChange,
}: {
  filter: DateFilter;
  value: string;
  onTake: (words: string) => void;
  onOpenChange: (open: boolean) => void;
}) {
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const now = new Date();
  const span = parseDateSpan(text, now);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!span) {
      setProblem('These are no days that Strata knows. Write them as in the examples.');
      return input.current?.focus();
    }
    onTake(text.trim().toLowerCase().replace(/\s+/g, ' '));
    onOpenChange(false);
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={filter === 'taken' ? 'Taken on which days' : 'Uploaded on which days'}
      width="small"
      initialFocus={input}
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button size="field" variant="primary" type="submit" form="search-dates">
            Show these days
          </Button>
        </>
      }
    >
      <form id="search-dates" onSubmit={submit} noValidate>
        <Field
          label="Days"
          hint={span ? describeSpan(span, now) : 'last week, Nov 2026, 2 to 9 Nov, since March, 2026-11-05'}
          error={problem ?? undefined}
        >
          <Input
            ref={input}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setProblem(null);
            }}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      </form>
    </Dialog>
  );
}
