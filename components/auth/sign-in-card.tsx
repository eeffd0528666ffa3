'use client';

import { ArrowBigUpDash, CircleAlert, KeyRound, ShieldAlert } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Note } from '#components/ui/note.tsx';
import { requestSignIn, requestSingleSignOn } from './next-auth-request.ts';
import { PasswordInput } from './password-input.tsx';
import { signInProblem } from './sign-in-problems.ts';
import { useCountdown } from './use-countdown.ts';

export interface SignInCardProps {
  /** A path of this site, already checked. */
  returnTo: string;
  /** Why the person is here again: "You were signed out because your password changed." */
  notice: string | null;
  /** Why single sign-on did not work, a code of sign-in-problems.ts. */
  error?: string | null;
  /** Whether there is a single sign-on. */
  sso?: boolean;
}

/** The way in. Both fields are plain inputs of one form with their names, so that password managers find them. */
export function SignInCard({ returnTo, notice, error = null, sso = false }: SignInCardProps) {
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(error && signInProblem(error));
  const [capsLock, setCapsLock] = useState(false);
  const [until, setUntil] = useState(0);
  const password = useRef<HTMLInputElement>(null);
  const left = useCountdown(until);
  const secure = useSyncExternalStore(
    () => () => undefined,
    () => window.isSecureContext,
    () => true,
  );

  // After the wait the sentence about it would be wrong.
  useEffect(() => {
    if (until > 0 && left === 0) setProblem((now) => (now === signInProblem('rate_limited') ? null : now));
  }, [left, until]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy || left > 0) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const result = await requestSignIn(String(form.get('email')), String(form.get('password')));
    // A whole new page: nothing from before sign-in stays in memory. The button stays busy until it is there.
    if (result.ok) return location.assign(returnTo);
    setBusy(false);
    setProblem(signInProblem(result.code));
    if (result.wait > 0) setUntil(Date.now() + result.wait * 1000);
    password.current?.focus();
    password.current?.select();
  };

  const leave = async () => {
    if (leaving) return;
    setLeaving(true);
    setProblem(null);
    const result = await requestSingleSignOn(returnTo);
    // The button stays busy until the provider's page is there.
    if (result.ok) return location.assign(result.url);
    setLeaving(false);
    setProblem(signInProblem(result.code));
  };

  return (
    <main className="relative w-92 rounded-5 bg-sheet px-8 pt-8 pb-6 shadow-4 max-sm:w-full max-sm:rounded-none max-sm:bg-transparent max-sm:px-5 max-sm:pt-12 max-sm:shadow-none sm:mb-24">
      <span className="mb-4 block">
        <Mark size={40} />
      </span>
      <h1 className="text-page">Sign in to Strata</h1>
      <p className="text-fg-2">Your library, with its whole history.</p>
      {notice && <Note className="mt-4">{notice}</Note>}
      {!secure && (
        <Note tone="warning" icon={<ShieldAlert aria-hidden="true" />} className="mt-4">
          <b>This address is not encrypted.</b> The password can be read on the way, and uploads cannot be checked. Open
          Strata with https, or on the computer itself at localhost.
        </Note>
      )}
      {/* Without script the form goes to the server as a POST, so that a password never stands in an address. */}
      <form method="post" action="/api/auth/callback/credentials" onSubmit={submit} className="mt-5 grid gap-4">
        <Field label="Email">
          <Input
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            height="large"
          />
        </Field>
        <div>
          <Field label="Password">
            <PasswordInput
              ref={password}
              name="password"
              autoComplete="current-password"
              required
              height="large"
              aria-describedby="sign-in-problem"
              onCapsLock={setCapsLock}
            />
          </Field>
          {/* One line is kept free, so that nothing jumps when there is something to say. */}
          <div
            id="sign-in-problem"
            role="alert"
            className="mt-2 min-h-4 text-meta max-sm:min-h-4.5 max-sm:text-phone-meta"
          >
            {problem ? (
              <span className="flex items-start gap-1.5 text-danger-text">
                <CircleAlert className="mt-px size-3.5 flex-none" aria-hidden="true" />
                {problem}
              </span>
            ) : (
              capsLock && (
                <span className="flex items-start gap-1.5 text-warning-text">
                  <ArrowBigUpDash className="mt-px size-3.5 flex-none" aria-hidden="true" />
                  Caps Lock is on
                </span>
              )
            )}
          </div>
          <Button
            type="submit"
            variant="primary"
            size="large"
            busy={busy}
            disabledReason={left > 0 ? 'Too many tries in a row' : undefined}
            className="mt-2 w-full tabular-nums"
          >
            {left > 0 ? `Wait ${left} s` : 'Sign in'}
          </Button>
        </div>
      </form>
      {sso && (
        <div className="mt-4 grid gap-4">
          <p className="flex items-center gap-3 text-meta text-fg-3 before:h-px before:flex-1 before:bg-line-2 after:h-px after:flex-1 after:bg-line-2 max-sm:text-phone-meta">
            or
          </p>
          <Button size="large" icon={<KeyRound />} busy={leaving} onClick={() => void leave()} className="w-full">
            Continue with single sign-on
          </Button>
        </div>
      )}
      <p className="mt-4 text-center text-meta text-fg-3 max-sm:text-phone-meta">
        Forgot it? An admin can reset your password.
      </p>
    </main>
  );
}
