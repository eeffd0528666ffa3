import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { idText, isoTime, librarySlug, roleName } from '#lib/libraries/schema.ts';
import {
  email,
  me,
  newTokenView,
  password,
  personName,
  personView,
  sessionView,
  tokenName,
  tokenView,
} from './schema.ts';

export const getMeEndpoint = defineEndpoint({
  method: 'GET',
  path: '/me',
  summary: 'Who the caller is and what was granted',
  permission: 'signed-in',
  input: z.object({}),
  output: me,
});

export const changePasswordEndpoint = defineEndpoint({
  method: 'POST',
  path: '/me/password',
  summary: 'Change your own password; ends every session of yours, this one included',
  permission: 'session',
  input: z.object({ currentPassword: z.string().min(1, 'is empty').max(256), newPassword: password }),
  output: z.object({ sessionsEnded: z.number().int() }),
});

export const listSessionsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/me/sessions',
  summary: 'Where you are signed in, this browser first',
  permission: 'session',
  input: z.object({}),
  output: z.object({ sessions: z.array(sessionView), nextCursor: z.string().nullable() }),
});

export const endSessionEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/me/sessions/{id}',
  summary: 'Sign one of your browsers out',
  permission: 'session',
  input: z.object({ id: z.uuid() }),
  output: z.object({ ended: z.boolean() }),
});

export const endAllSessionsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/me/sessions/end-all',
  summary: 'Sign out everywhere, this browser included',
  permission: 'session',
  input: z.object({}),
  output: z.object({ sessionsEnded: z.number().int() }),
});

export const listTokensEndpoint = defineEndpoint({
  method: 'GET',
  path: '/tokens',
  summary: 'Your API tokens, without their secrets',
  permission: 'signed-in',
  input: z.object({}),
  output: z.object({ tokens: z.array(tokenView), nextCursor: z.string().nullable() }),
});

export const createTokenEndpoint = defineEndpoint({
  method: 'POST',
  path: '/tokens',
  summary: 'Make an API token; its secret is in this answer and nowhere else',
  // A leaked token must not be able to outlive its own revocation by making another one.
  permission: 'session',
  input: z.object({ name: tokenName, expiresAt: isoTime.nullish() }),
  output: z.object({ token: newTokenView }),
  answer: 'created',
});

export const revokeTokenEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/tokens/{id}',
  summary: 'Revoke one of your API tokens at once',
  permission: 'session',
  input: z.object({ id: idText }),
  output: z.object({ revoked: z.boolean() }),
});

const person = z.object({ person: personView });
/** The password that was set; null when the caller gave it. Shown once. */
const personWithPassword = z.object({ person: personView, password: z.string().nullable() });
const byId = z.object({ id: idText });
const grantInput = z.object({ library: librarySlug, prefix: z.string().max(1024), role: roleName });

export const listPeopleEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/users',
  summary: 'People with a grant in a library that you administer, and people without any grant, by name',
  permission: 'library-admin',
  input: z.object({
    q: z.string().max(200).optional(),
    cursor: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.object({ people: z.array(personView), nextCursor: z.string().nullable() }),
});

export const createPersonEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/users',
  summary: 'Add a person with their first grant; without a password one is made and shown once',
  permission: 'library-admin',
  input: z.object({ email, name: personName, password: password.optional(), grant: grantInput }),
  output: personWithPassword,
  answer: 'created',
});

export const disablePersonEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/users/{id}/disable',
  summary: 'Disable a person: their sessions and tokens end at once, what they did stays',
  permission: 'library-admin',
  input: byId,
  output: person,
});

export const enablePersonEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/users/{id}/enable',
  summary: 'Let a disabled person sign in again',
  permission: 'library-admin',
  input: byId,
  output: person,
});

export const resetPasswordEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/users/{id}/reset-password',
  summary: 'Give a person a new password and end their sessions; without a password one is made and shown once',
  permission: 'library-admin',
  input: byId.extend({ password: password.optional() }),
  output: personWithPassword,
});

export const endPersonSessionsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/users/{id}/end-sessions',
  summary: 'Sign a person out everywhere',
  permission: 'library-admin',
  input: byId,
  output: person,
});

export const addGrantEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/users/{id}/grants',
  summary: 'Grant a role on a folder (or "" for the whole library); replaces the role granted there before',
  permission: 'library-admin',
  input: grantInput.extend({ id: idText }),
  output: person,
  answer: 'created',
});

export const removeGrantEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/admin/users/{id}/grants/{grant}',
  summary: 'Take a grant back',
  permission: 'library-admin',
  input: z.object({ id: idText, grant: idText }),
  output: person,
});
