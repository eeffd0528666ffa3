import { hash, parseOptions, verify } from '@node-rs/argon2';
import { bounded } from './bounded.ts';

/**
 * Argon2id with m = 19 MiB, t = 2, p = 1 (OWASP Password Storage Cheat Sheet). The parameters travel with each hash (PHC string);
 * a hash with other ones is replaced at the next sign-in.
 */
export const passwordParameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

// 2 at once is 38 MiB and leaves half of libuv's four threads to the rest of the process.
const oneOfTwo = bounded(2, 64);

export function hashPassword(password: string): Promise<string> {
  return oneOfTwo(() => hash(password, passwordParameters));
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password is the one behind `stored`. With null (nobody has that e-mail, or no password) it does the same work and says no,
 * so that time does not tell whether an account exists.
 */
export async function verifyPassword(
  stored: string | null,
  password: string,
): Promise<{ matches: boolean; outdated: boolean }> {
  if (stored === null) {
    decoy ??= hash(crypto.randomUUID(), passwordParameters);
    const hashed = await decoy;
    await oneOfTwo(() => verify(hashed, password));
    return { matches: false, outdated: false };
  }
  const matches = await oneOfTwo(() => verify(stored, password));
  return { matches, outdated: matches && isOutdated(stored) };
}

/** Whether a hash was made with other parameters than today's. */
export function isOutdated(stored: string): boolean {
  const used = parseOptions(stored);
  return (
    !stored.startsWith('$argon2id$') ||
    used.memoryCost !== passwordParameters.memoryCost ||
    used.timeCost !== passwordParameters.timeCost ||
    used.parallelism !== passwordParameters.parallelism
  );
}
