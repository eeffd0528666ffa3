import * as z from 'zod';
import { idText, isoTime, librarySlug, roleName } from '#lib/libraries/schema.ts';

/** OWASP: allow long phrases, cap the length so that hashing cannot be abused. */
export const password = z.string().min(10, 'needs at least 10 characters').max(256, 'is longer than 256 characters');
export const email = z.email().max(254).toLowerCase();

export const grantView = z.object({ id: idText, library: librarySlug, prefix: z.string(), role: roleName });
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
  hint: z.string(),
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable(),
  expiresAt: isoTime.nullable(),
});
export const sessionView = z.object({
  id: z.uuid(),
  userAgent: z.string(),
  address: z.string(),
  createdAt: isoTime,
  lastSeenAt: isoTime,
  current: z.boolean(),
});
export const personView = z.object({
  id: idText,
  email: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  lastSeenAt: isoTime.nullable(),
  sessionCount: z.number().int(),
  grants: z.array(grantView),
  you: z.boolean(),
});
export type PersonView = z.infer<typeof personView>;
