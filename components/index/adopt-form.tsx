'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { errorText } from '#components/auth/tell-error.ts';
import { Button } from '#components/ui/button.tsx';
import { Field, FieldError } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import { suggestSlug } from '#lib/libraries/plan-root.ts';
import type { BucketProbe } from '#lib/libraries/schema.ts';
import { indexKey } from './use-index.ts';

type Props = { probe: BucketProbe; onAdded: (library: { slug: string; name: string }) => void };

/** Name and address of the library that is about to be. */
export function AdoptForm({ probe, onAdded }: Props) {
  const queries = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState(probe.suggested.name);
  /** Null: it follows the name. */
  const [slug, setSlug] = useState<string | null>(probe.suggested.slug);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const address = slug ?? suggestSlug(name);

  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    try {
      const { bucket, rootPrefix } = probe;
      const { library } = await api('POST /admin/libraries', { bucket, rootPrefix, name, slug: address });
      await queries.invalidateQueries({ queryKey: indexKey });
      onAdded(library);
      // The switcher in the frame knows it from now on.
      router.refresh();
    } catch (error) {
      const field = error instanceof ApiError ? error.errors[0] : undefined;
      if (field?.path === 'slug') setErrors({ slug: `This address ${field.message}.` });
      else if (field?.path === 'name') setErrors({ name: `The name ${field.message}.` });
      else setErrors({ form: errorText(error) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={add} noValidate className="grid gap-4" aria-label="The new library">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Name" error={errors.name}>
          <Input value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" maxLength={120} />
        </Field>
        <Field label="Address" hint={`/browse/${address}`} error={errors.slug}>
          <Input
            value={address}
            onChange={(event) => setSlug(event.target.value || null)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={63}
          />
        </Field>
      </div>
      <FieldError>{errors.form}</FieldError>
      <div className="flex items-center gap-3">
        <Button type="submit" size="field" variant="primary" busy={busy}>
          Add this library
        </Button>
        <p className="text-meta text-fg-3">You become its admin. Others see it once they have a grant.</p>
      </div>
    </form>
  );
}
