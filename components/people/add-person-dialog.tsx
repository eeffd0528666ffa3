'use client';

import { type FormEvent, useState } from 'react';
import { errorText } from '#components/auth/tell-error.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field, FieldError } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { PersonView } from '#lib/auth/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { GrantFields, type LibraryOption, useGrantDraft } from './grant-form.tsx';
import { PasswordOnceDialog } from './password-once-dialog.tsx';

export interface AddPersonDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  libraries: LibraryOption[];
  onAdded: (person: PersonView) => void;
}

/** Adds a person with a first grant, then shows the password that was made, once. */
export function AddPersonDialog({ open, onOpenChange, libraries, onAdded }: AddPersonDialogProps) {
  const [draft, setDraft] = useGrantDraft(libraries);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [made, setMade] = useState<{ name: string; email: string; password: string } | null>(null);

  const change = (next: boolean) => {
    if (busy) return;
    setErrors({});
    onOpenChange(next);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [name, email] = [String(fields.get('name')), String(fields.get('email')).trim()];
    setBusy(true);
    setErrors({});
    try {
      const { person, password } = await api('POST /admin/users', { name, email, grant: draft });
      onAdded(person);
      if (password) setMade({ name: person.name, email: person.email, password });
      else onOpenChange(false);
    } catch (error) {
      const field = error instanceof ApiError ? error.errors[0] : undefined;
      if (field?.path === 'email') setErrors({ email: `This address ${field.message}.` });
      else if (field?.path === 'name') setErrors({ name: `The name ${field.message}.` });
      else if (field?.path === 'prefix') setErrors({ prefix: field.message });
      else setErrors({ form: errorText(error) });
    } finally {
      setBusy(false);
    }
  };

  if (made) {
    return (
      <PasswordOnceDialog
        {...made}
        onClose={() => {
          setMade(null);
          onOpenChange(false);
        }}
      />
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="Add a person"
      description="They get a first password, which you see once and pass on."
      hideClose
      footer={
        <>
          <Button size="field" onClick={() => change(false)}>
            Cancel
          </Button>
          <Button size="field" variant="primary" type="submit" form="add-person" busy={busy}>
            Add person
          </Button>
        </>
      }
    >
      <form id="add-person" onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" error={errors.name}>
          <Input name="name" autoComplete="off" maxLength={120} />
        </Field>
        <Field label="Email" error={errors.email}>
          <Input name="email" type="email" inputMode="email" autoComplete="off" autoCapitalize="none" maxLength={254} />
        </Field>
        <GrantFields draft={draft} onChange={setDraft} libraries={libraries} problem={errors.prefix} />
        <FieldError>{errors.form}</FieldError>
      </form>
    </Dialog>
  );
}
