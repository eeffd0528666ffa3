import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { isUniqueViolation } from '#lib/db-errors.ts';
import { openSession } from './open-session.ts';
import type { SignedIn } from './sign-in.ts';

/** What the provider says of a person (OpenID Connect Core 5.1), already checked against its signature. */
export type OidcClaims = {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
};

/** Why somebody whom the provider knows does not get in; the words are components/auth/sign-in-problems.ts. */
export type OidcRefusal = 'sso_no_email' | 'sso_unverified' | 'sso_taken' | 'sso_disabled';

/**
 * Opens a session for whom the single sign-on vouches for. The same subject is the same person, whatever their e-mail is now. Somebody new
 * is the person with that e-mail, when the provider says that it was verified and nobody else at the provider is that person; else a new
 * person without any grant. A disabled person stays out.
 */
export async function signInWithOidc(
  claims: OidcClaims,
  from: { userAgent: string; address: string },
): Promise<SignedIn | { refused: OidcRefusal }> {
  const oidcSubject = `${claims.issuer} ${claims.subject}`;
  const found = (await findPerson({ oidcSubject })) ?? (await connect(claims, oidcSubject));
  if ('refused' in found) return found;
  if (found.disabledAt) return { refused: 'sso_disabled' };
  const sessionId = await openSession(found.id, from);
  const { id: userId, name, email, sessionVersion } = found;
  return { userId, name, email, sessionId, sessionVersion };
}

function findPerson(where: { oidcSubject: string } | { email: string }) {
  return db().user.findUnique({
    where,
    select: { id: true, name: true, email: true, sessionVersion: true, disabledAt: true, oidcSubject: true },
  });
}

type Person = NonNullable<Awaited<ReturnType<typeof findPerson>>>;

/** The first time that this subject comes. */
async function connect(claims: OidcClaims, oidcSubject: string): Promise<Person | { refused: OidcRefusal }> {
  if (!claims.email) return { refused: 'sso_no_email' };
  if (!claims.emailVerified) return { refused: 'sso_unverified' };
  const email = claims.email.trim().toLowerCase().slice(0, 254);
  const known = await findPerson({ email });
  // An address that went to somebody else at the provider must not bring them here as its former owner.
  if (known?.oidcSubject) return { refused: 'sso_taken' };
  if (known?.disabledAt) return { refused: 'sso_disabled' };
  try {
    await db().$transaction(async (tx) => {
      if (known) {
        const { count } = await tx.user.updateMany({
          where: { id: known.id, oidcSubject: null },
          data: { oidcSubject },
        });
        if (count === 1) await recordAudit(tx, { userId: known.id, name: known.name }, { type: 'user.linked', email });
      } else {
        const name = nameOf(claims, email);
        const { id } = await tx.user.create({ data: { email, name, oidcSubject }, select: { id: true } });
        await recordAudit(tx, { userId: id, name }, { type: 'user.joined', email });
      }
    });
  } catch (error) {
    // The same person in two tabs: the other one was first.
    if (!isUniqueViolation(error)) throw error;
  }
  return (await findPerson({ oidcSubject })) ?? { refused: 'sso_taken' };
}

/** As lib/auth/schema.ts wants a name: no control characters, 1 to 120 characters. */
function nameOf(claims: OidcClaims, email: string): string {
  const name = (claims.name ?? '')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 120);
  return name || (email.split('@')[0] as string);
}
