'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { addToast } from '#components/ui/toast-store.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { AccountSection } from './account-section.tsx';
import { requestSignIn } from './next-auth-request.ts';
import { PasswordInput } from './password-input.tsx';
import { tellError } from './tell-error.ts';

const shortest = 10;

/** Changes the password. That ends every session, this one too; the page signs in again with the new password in the same breath. */
export function PasswordSection({ email }: { email: string }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const currentPassword = String(fields.get('currentPassword'));
    const newPassword = String(fields.get('newPassword'));
    if (newPassword.length < shortest) return setErrors({ newPassword: `Use at least ${shortest} characters.` });
    setBusy(true);
    setErrors({});
    try {
      const { sessionsEnded } = await api('POST /me/password', { currentPassword, newPassword });
      const back = await requestSignIn(email, newPassword);
      if (!back.ok) return location.assign('/sign-in?ended=password-changed&returnTo=%2Faccount');
      form.reset();
      const others = sessionsEnded - 1;
      addToast({
        title:
          others > 0 ? `Password changed, ${formatPlural(others, 'other browser')} signed out` : 'Password changed',
      });
      await queries.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      const field = error instanceof ApiError ? error.errors[0] : undefined;
      if (field?.path === 'currentPassword') setErrors({ currentPassword: 'That is not your password.' });
      else if (field?.path === 'newPassword') setErrors({ newPassword: `The new password ${field.message}.` });
      else tellError('The password was not changed', error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <AccountSection title="Password" text="Changing it signs out every other browser. API tokens stay.">
      <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        {/* Tells password managers whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field label="Current password" error={errors.currentPassword} className="content-start">
          <PasswordInput name="currentPassword" autoComplete="current-password" required />
        </Field>
        <Field
          className="content-start"
          label="New password"
          error={errors.newPassword}
          hint={`At least ${shortest} characters. A long phrase is best.`}
        >
          <PasswordInput name="newPassword" autoComplete="new-password" required maxLength={256} />
        </Field>
        <div className="sm:col-span-2">
          <Button type="submit" size="field" busy={busy} className="max-sm:w-full">
            Change password
          </Button>
        </div>
      </form>
    </AccountSection>
  );
}
