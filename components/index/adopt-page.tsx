'use client';

import { type FormEvent, useState } from 'react';
import { errorText } from '#components/auth/tell-error.ts';
import { Page } from '#components/shell/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field, FieldError } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { BucketProbe } from '#lib/libraries/schema.ts';
import { AdoptForm } from './adopt-form.tsx';
import { AdoptedLibrary } from './adopted-library.tsx';
import { FindingList } from './finding-list.tsx';

/** Point Strata at a bucket: name it, see what is found there, add it, watch it being indexed. */
export function AdoptPage() {
  const [probe, setProbe] = useState<BucketProbe | null>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [added, setAdded] = useState<{ slug: string; name: string } | null>(null);

  const look = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setErrors({});
    setProbe(null);
    try {
      const place = { bucket: String(fields.get('bucket')), rootPrefix: String(fields.get('rootPrefix')) };
      setProbe((await api('POST /admin/libraries/probe', place)).probe);
    } catch (error) {
      const field = error instanceof ApiError ? error.errors[0] : undefined;
      setErrors(field ? { [field.path]: field.message } : { form: errorText(error) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page
      title="Add a library"
      facts="A bucket that is there already"
      back={{ href: '/admin/index', label: 'Index' }}
      layout="column"
    >
      {added ? (
        <AdoptedLibrary {...added} />
      ) : (
        <div className="grid gap-6">
          <p className="text-[0.875rem] leading-[22px] text-fg-2">
            Strata looks at the bucket first and says what it found. Nothing in it is written, by the look or by the
            indexing that follows.
          </p>
          <form onSubmit={look} noValidate className="grid gap-4" aria-label="Which bucket">
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <Field label="Bucket" error={errors.bucket}>
                <Input
                  name="bucket"
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  maxLength={63}
                  autoFocus
                />
              </Field>
              <Field label="Folder" hint="Such as media/2026. Empty: the whole bucket." error={errors.rootPrefix}>
                <Input name="rootPrefix" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={1024} />
              </Field>
            </div>
            <FieldError>{errors.form}</FieldError>
            <div>
              <Button type="submit" size="field" variant={probe?.adoptable ? 'outline' : 'primary'} busy={busy}>
                Look at this bucket
              </Button>
            </div>
          </form>
          {probe && <FindingList key={`${probe.bucket}/${probe.rootPrefix}`} probe={probe} />}
          {probe?.adoptable && (
            <AdoptForm key={`form ${probe.bucket}/${probe.rootPrefix}`} probe={probe} onAdded={setAdded} />
          )}
        </div>
      )}
    </Page>
  );
}
