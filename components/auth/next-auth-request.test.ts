import { expect, test } from 'vitest';
import { parseSignInError } from './next-auth-request.ts';

test.each([
  ['unauthenticated', 'unauthenticated', 0],
  ['unauthenticated:5', 'unauthenticated', 5],
  ['rate_limited:40', 'rate_limited', 40],
  ['database_unavailable', 'database_unavailable', 0],
  ['<script>', 'internal', 0],
  ['rate_limited:-1', 'internal', 0],
])('%s', (text, code, wait) => expect(parseSignInError(text)).toEqual({ ok: false, code, wait }));
