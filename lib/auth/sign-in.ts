import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { accountRule, addressRule } from './attempt-delay.ts';
import { attemptKey, beginAttempt, forgetAttempts, takeBackAttempt } from './attempt-limiter.ts';
import { addressGroup } from './client-address.ts';
import { openSession } from './open-session.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

export type SignInInput = { email: string; password: string; address: string; userAgent: string };
export type SignedIn = { userId: bigint; name: string; email: string; sessionId: string; sessionVersion: number };

/** Longer ones cannot have been set (lib/auth/schema.ts) and would only cost hashing time. */
const longestPassword = 256;

/**
 * Checks an e-mail and a password and opens a session. Unknown e-mail, wrong password and disabled person are one answer at one pace.
 * Tries are counted by account and by address. From an address where this person signed in before, their tries are counted apart, so that
 * a stranger's guesses from elsewhere cannot keep them out.
 * @throws AppError unauthenticated (with `retryAfter` once tries have a cost), rate_limited
 */
export async function signIn(input: SignInInput): Promise<SignedIn> {
  const email = input.email.trim().toLowerCase().slice(0, 254);
  const person = await findPerson(email, input.address);
  const addressKey = attemptKey('address', addressGroup(input.address));
  const accountKey = attemptKey('account', email, person?.knownAddress ? input.address : '');

  const addressDelay = await beginAttempt(addressKey, addressRule);
  let accountDelay: number;
  try {
    accountDelay = await beginAttempt(accountKey, accountRule);
  } catch (turnedAway) {
    await takeBackAttempt(addressKey);
    throw turnedAway;
  }

  const stored = person && !person.disabled && input.password.length <= longestPassword ? person.passwordHash : null;
  const { matches, outdated } = await verifyPassword(stored, input.password.slice(0, longestPassword));
  if (!person || !matches) {
    const wait = Math.max(addressDelay, accountDelay);
    throw new AppError('unauthenticated', 'That email and password do not match.', { retryAfter: wait || undefined });
  }

  await Promise.all([forgetAttempts(accountKey), takeBackAttempt(addressKey)]);
  const newHash = outdated ? await hashPassword(input.password) : null;
  const sessionId = await openSession(person.id, input, async (tx) => {
    // The stronger hash, unless the password changed meanwhile.
    const where = { id: person.id, passwordHash: stored };
    if (newHash) await tx.user.updateMany({ where, data: { passwordHash: newHash } });
  });
  return { userId: person.id, name: person.name, email, sessionId, sessionVersion: person.sessionVersion };
}

type Person = {
  id: bigint;
  name: string;
  passwordHash: string | null;
  sessionVersion: number;
  disabled: boolean;
  knownAddress: boolean;
};

async function findPerson(email: string, address: string): Promise<Person | null> {
  const rows = await db().$queryRaw<Person[]>`
    SELECT u."id", u."name", u."passwordHash", u."sessionVersion", u."disabledAt" IS NOT NULL AS "disabled",
           EXISTS (SELECT 1 FROM "Session" s WHERE s."userId" = u."id" AND s."address" = ${address}
                   AND s."createdAt" > now() - interval '30 days') AS "knownAddress"
    FROM "User" u WHERE u."email" = ${email}`;
  return rows[0] ?? null;
}
