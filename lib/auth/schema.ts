import * as z from 'zod';
import { idText, isoTime, librarySlug, roleName } from '#lib/libraries/schema.ts';

/** OWASP: allow long phrases, cap the length so that hashing cannot be abused. */
export const password = z.string().min(10, 'needs at least 10 characters').max(256, 'is longer than 256 characters');
export const email = z.email('is not an e-mail address').max(254).toLowerCase();
/** No control characters; written out, because the OpenAPI document carries it to tools that know no Unicode classes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const controlFree = /^[^\u0000-\u001f\u007f-\u009f]*$/;

/** A name as people write it; line breaks and other control characters would break lists and logs. */
export const personName = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(120, 'is longer than 120 characters')
  .regex(controlFree, 'holds a control character');
export const tokenName = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(80, 'is longer than 80 characters')
  .regex(controlFree, 'holds a control character');

export const grantView = z.object({ id: idText, library: librarySlug, prefix: z.string(), role: roleName });
export type GrantView = z.infer<typeof grantView>;
export const me = z.object({
  id: idText,
  email: z.string(),
  name: z.string(),
  via: z.enum(['session', 'token']),
  grants: z.array(grantView),
});
export type Me = z.infer<typeof me>;

export const tokenView = z.object({
  id: idText,
  name: z.string(),
  /** The first letters of the secret, to recognise it. */
  hint: z.string(),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
  expiresAt: isoTime.nullable(),
});
export type TokenView = z.infer<typeof tokenView>;
/** The only answer that ever holds the secret. */
export const newTokenView = tokenView.extend({ secret: z.string() });
export type NewTokenView = z.infer<typeof newTokenView>;

export const sessionView = z.object({
  id: z.uuid(),
  userAgent: z.string(),
  address: z.string(),
  createdAt: isoTime,
  lastSeenAt: isoTime,
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;

export const personView = z.object({
  id: idText,
  email: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  lastSeenAt: isoTime.nullable(),
  sessionCount: z.number().int(),
  tokenCount: z.number().int(),
  /** Those in libraries that the caller administers. */
  grants: z.array(
    grantView.extend({
      /** The only root admin left who can sign in: cannot be removed or weakened. */
      lastAdmin: z.boolean(),
      /** The grant that makes this one do nothing; null when it counts. */
      coveredBy: idText.nullable(),
    }),
  ),
  you: z.boolean(),
  /** Why the caller cannot disable this person, reset their password or sign them out, in words; null when they can. */
  protectedReason: z.string().nullable(),
  /** Why this person cannot be disabled, in words; null when they can. */
  keepEnabledReason: z.string().nullable(),
});
export type PersonView = z.infer<typeof personView>;
