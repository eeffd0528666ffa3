'use client';

import { Page } from '#components/shell/page.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Note } from '#components/ui/note.tsx';
import type { SessionView, TokenView } from '#lib/auth/schema.ts';
import { KeysSection } from './keys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { TokensSection } from './tokens-section.tsx';

export interface AccountPageProps {
  name: string;
  email: string;
  /** "admin of campaigns/, viewer of press/". */
  roles: string;
  /** False for those who came by single sign-on. */
  hasPassword: boolean;
  sessions: SessionView[];
  tokens: TokenView[];
}

/** Everybody's own page: who one is, password, browsers, tokens. */
export function AccountPage({ name, email, roles, hasPassword, sessions, tokens }: AccountPageProps) {
  return (
    <Page title="Account" layout="column">
      <div className="mt-2 flex items-center gap-4">
        <Avatar name={name} size={44} />
        <div className="min-w-0">
          <p className="text-title [overflow-wrap:anywhere] max-sm:text-phone-title">
            <bdi>{name}</bdi>
          </p>
          <p className="text-meta text-fg-2 [overflow-wrap:anywhere] max-sm:text-phone-meta">{email}</p>
          <p className="text-meta text-fg-3 [overflow-wrap:anywhere] max-sm:text-phone-meta">Your role: {roles}</p>
        </div>
      </div>
      {hasPassword ? (
        <PasswordSection email={email} />
      ) : (
        <Note className="mt-6">
          <b>You sign in with single sign-on.</b> There is no password of yours here; change it where you have it.
        </Note>
      )}
      <SessionsSection initial={sessions} />
      <TokensSection initial={tokens} />
      <KeysSection />
      <div className="h-8" />
    </Page>
  );
}
