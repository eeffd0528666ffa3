'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field, FieldError } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { NewTokenView } from '#lib/auth/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { errorText } from './tell-error.ts';

const spans = { '30': '30 days', '90': '90 days', '365': '1 year', none: 'Until it is revoked' } as const;
type Span = keyof typeof spans;

export interface NewTokenDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: () => void;
}

/** Two steps: name it, then take the secret away. The second is left only by its button, since the secret never comes back. */
export function NewTokenDialog({ open, onOpenChange, onMade }: NewTokenDialogProps) {
  const [span, setSpan] = useState<Span>('90');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field: string | null; text: string } | null>(null);
  const [made, setMade] = useState<NewTokenView | null>(null);

  const change = (next: boolean) => {
    if (busy) return;
    onOpenChange(next);
    setProblem(null);
    if (!next) setMade(null);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    const expiresAt = span === 'none' ? null : new Date(Date.now() + Number(span) * 86_400_000).toISOString();
    setBusy(true);
    setProblem(null);
    try {
      const { token } = await api('POST /tokens', { name, expiresAt });
      setMade(token);
      onMade();
    } catch (error) {
      const field = error instanceof ApiError ? error.errors[0] : undefined;
      setProblem(
        field?.path === 'name'
          ? { field: 'name', text: `The name ${field.message}.` }
          : { field: null, text: errorText(error) },
      );
    } finally {
      setBusy(false);
    }
  };

  if (made) {
    return (
      <Dialog
        open={open}
        onOpenChange={change}
        title={`Token ${made.name}`}
        sticky
        hideClose
        footer={
          <Button size="field" variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        }
      >
        <CopyField
          label="Secret"
          value={made.secret}
          hint="Shown once. Store it now: Strata keeps only a fingerprint of it."
        />
        <p className="mt-4 text-meta text-fg-3">
          A program sends it as <code className="type-code text-fg-2">Authorization: Bearer strata_…</code>
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="New API token"
      description="A program that has it may do what you may do, except tokens, passwords and sessions."
      hideClose
      footer={
        <>
          <Button size="field" onClick={() => change(false)}>
            Cancel
          </Button>
          <Button size="field" variant="primary" type="submit" form="new-token" busy={busy}>
            Create token
          </Button>
        </>
      }
    >
      <form id="new-token" onSubmit={submit} className="grid gap-4">
        <Field
          label="Name"
          hint="What uses it: nightly import, my laptop."
          error={problem?.field === 'name' && problem.text}
        >
          <Input name="name" required maxLength={80} autoComplete="off" />
        </Field>
        <Field label="Valid for">
          <Select<Span>
            value={span}
            onChange={setSpan}
            options={Object.entries(spans).map(([value, label]) => ({ value: value as Span, label }))}
          />
        </Field>
        <FieldError>{problem?.field === null && problem.text}</FieldError>
      </form>
    </Dialog>
  );
}
