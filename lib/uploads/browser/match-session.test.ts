import { expect, test } from 'vitest';
import { findMismatch, findSession } from './match-session.ts';
import type { OpenSession } from './types.ts';

const at = Date.UTC(2026, 10, 1, 12, 0, 0);
const session = (part: Partial<OpenSession> = {}): OpenSession => ({
  id: '00000000-0000-4000-8000-000000000001',
  library: 'media',
  path: 'video/kite.mov',
  size: 100,
  contentType: 'video/quicktime',
  kind: 'multipart',
  partSize: 50,
  partCount: 2,
  state: 'uploading',
  error: null,
  modifiedAt: new Date(at).toISOString(),
  createdAt: '2026-11-23T10:00:00Z',
  expiresAt: '2026-11-30T10:00:00Z',
  updatedAt: '2026-11-23T10:00:00Z',
  storedBytes: 50,
  ...part,
});
const file = { name: 'kite.mov', size: 100, lastModified: at };

test.each([
  ['the same file', file, null],
  ['the same within a second', { ...file, lastModified: at + 999 }, null],
  ['another size', { ...file, size: 101 }, { what: 'size', have: 101, want: 100 }],
  ['another name', { ...file, name: 'kit.mov' }, { what: 'name', have: 'kit.mov', want: 'kite.mov' }],
  ['another time', { ...file, lastModified: at + 1000 }, { what: 'time', have: at + 1000, want: at }],
])('%s', (_, given, expected) => {
  expect(findMismatch(session(), given)).toEqual(expected);
});

test('"Keep both" renamed it in the library, not on disk', () => {
  expect(findMismatch(session({ path: 'video/kite (2).mov' }), file)).toBeNull();
  expect(findMismatch(session({ path: 'video/kite (x).mov' }), file)).not.toBeNull();
});

test('the upload to the same path comes before one to another', () => {
  const elsewhere = session({ id: '00000000-0000-4000-8000-000000000002', path: 'old/kite.mov' });
  expect(findSession([elsewhere, session()], 'media', 'video/kite.mov', file)?.path).toBe('video/kite.mov');
  expect(findSession([elsewhere], 'media', 'video/kite.mov', file)?.path).toBe('old/kite.mov');
  expect(findSession([elsewhere], 'press', 'video/kite.mov', file)).toBeNull();
});
