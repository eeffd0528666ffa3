'use client';

import { type FormEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { formatExact, formatMoment } from '#components/ui/format-time.ts';
import { Input } from '#components/ui/input.tsx';

const day = 86_400_000;
const choices = [
  ['An hour ago', day / 24],
  ['Yesterday', day],
  ['A week ago', 7 * day],
  ['30 days ago', 30 * day],
] as const;

/** Which moment, typed or picked to the second in the zone of the reader. */
export function MomentDialog({ at, onTake, close }: { at: string; onTake: (at: string) => void; close: () => void }) {
  const [text, setText] = useState(localText(new Date(at)));
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const time = text === '' ? Number.NaN : new Date(text).getTime();
  const take = (next: number) => {
    onTake(new Date(next).toISOString());
    close();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = Number.isNaN(time)
      ? 'This is no day and time.'
      : time > Date.now()
        ? 'This moment is still ahead. Choose one in the past.'
        : null;
    setProblem(wrong);
    if (wrong !== null) return input.current?.focus();
    take(time);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || close()}
      title="Look back to"
      width="small"
      initialFocus={input}
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button size="field" variant="past" type="submit" form="moment">
            Show this moment
          </Button>
        </>
      }
    >
      <form id="moment" onSubmit={submit} noValidate>
        <Field
          label="Day and time"
          hint={Number.isNaN(time) ? formatMoment(at) : formatExact(time)}
          error={problem ?? undefined}
        >
          <Input
            ref={input}
            type="datetime-local"
            step={1}
            value={text}
            max={localText(new Date())}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setProblem(null);
            }}
          />
        </Field>
        <div className="mt-3 flex flex-wrap gap-1.5">
          {choices.map(([label, ago]) => (
            <Button key={label} onClick={() => take(Date.now() - ago)}>
              {label}
            </Button>
          ))}
        </div>
      </form>
    </Dialog>
  );
}

/** "2026-11-06T16:40:09", as the field wants it. */
function localText(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
