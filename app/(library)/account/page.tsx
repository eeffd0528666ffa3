import type { Metadata } from 'next';
import { AccountPage } from '#components/auth/account-page.tsx';
import { describeGrants } from '#components/people/describe-grants.ts';
import { getMe } from '#lib/auth/get-me.ts';
import { hasPassword } from '#lib/auth/has-password.ts';
import { listSessions } from '#lib/auth/list-sessions.ts';
import { listTokens } from '#lib/auth/list-tokens.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { findCoveringGrant } from '#lib/people/find-covering-grant.ts';
import { requireActor } from '../../current-actor.ts';

export const metadata: Metadata = { title: 'Account' };

export default async function Account() {
  const actor = await requireActor();
  const [me, { sessions }, { tokens }, { libraries }, password] = await Promise.all([
    getMe(actor),
    listSessions(actor),
    listTokens(actor),
    listLibraries(actor),
    hasPassword(actor),
  ]);
  const names = new Map(libraries.map((library) => [library.slug, library.name]));
  const roles = describeGrants(
    me.grants.map((grant) => ({ ...grant, coveredBy: findCoveringGrant(grant, me.grants)?.id ?? null })),
    names,
  );
  return (
    <AccountPage
      name={actor.name}
      email={actor.email}
      roles={roles}
      hasPassword={password}
      sessions={sessions}
      tokens={tokens}
    />
  );
}
