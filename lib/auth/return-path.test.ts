import { expect, test } from 'vitest';
import { safeReturnPath } from './return-path.ts';

test.each([
  ['/browse/media/photos/2026/', '/browse/media/photos/2026/'],
  ['/browse/media?at=2026-11-06T16%3A40%3A00Z&open=12#top', '/browse/media?at=2026-11-06T16%3A40%3A00Z&open=12#top'],
  ['/browse/media/a%2F%2Fb', '/browse/media/a%2F%2Fb'],
  ['/', '/'],
])('%s is kept', (given, expected) => expect(safeReturnPath(given)).toBe(expected));

test.each([
  null,
  undefined,
  '',
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'browse',
  'http:evil.example',
  '/sign-in',
  '/sign-in?returnTo=%2F',
  '/api/auth/signout',
  `/${'a'.repeat(5000)}`,
])('%s leads home', (given) => expect(safeReturnPath(given)).toBe('/'));
