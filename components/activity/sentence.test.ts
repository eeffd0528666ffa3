import { describe, expect, it } from 'vitest';
import type { AuditFact } from '#lib/audit/schema.ts';
import { plainSentence } from './sentence.ts';

const say = (data: AuditFact, path: string | null, you = false) =>
  plainSentence({ data, path, by: { id: '1', name: 'Jonas Weber', you } });

describe('plainSentence', () => {
  it.each<[AuditFact, string | null, string]>([
    [
      { type: 'upload.completed', size: 1, versionId: 'v', replaced: false },
      'press/a.jpg',
      'Jonas Weber uploaded a.jpg to press/',
    ],
    [{ type: 'upload.completed', size: 1, versionId: 'v', replaced: false }, 'a.jpg', 'Jonas Weber uploaded a.jpg'],
    [
      { type: 'upload.completed', size: 1, versionId: 'v', replaced: true },
      'press/a.jpg',
      'Jonas Weber replaced a.jpg in press/',
    ],
    [{ type: 'upload.cancelled' }, 'a.jpg', 'Jonas Weber cancelled the upload of a.jpg'],
    [
      { type: 'operation.started', operation: 'trash', total: 212, bytes: 1 },
      'press/',
      'Jonas Weber moved 212 files to trash in press/',
    ],
    [
      { type: 'operation.started', operation: 'trash', total: 1, bytes: 1 },
      'press/a.jpg',
      'Jonas Weber moved a.jpg to trash in press/',
    ],
    [{ type: 'operation.started', operation: 'trash', total: 2, bytes: 1 }, '', 'Jonas Weber moved 2 files to trash'],
    [
      { type: 'operation.started', operation: 'create-folder', total: 1, bytes: 0 },
      'press/new/',
      'Jonas Weber made the folder press/new/',
    ],
    [
      { type: 'operation.started', operation: 'restore-version', total: 1, bytes: 0 },
      'a.jpg',
      'Jonas Weber restored an older version of a.jpg',
    ],
    [
      { type: 'operation.started', operation: 'restore-to-time', total: 4, bytes: 0 },
      'press/',
      'Jonas Weber restored 4 files in press/ to an earlier moment',
    ],
    [
      { type: 'operation.undone', operation: 'untrash', undoOf: '3', total: 2 },
      'press/',
      'Jonas Weber undid a change and restored 2 files from trash in press/',
    ],
    [{ type: 'operation.cancelled', operation: 'trash' }, 'press/', 'Jonas Weber cancelled a move to trash in press/'],
    [
      { type: 'operation.retried', operation: 'untrash', total: 3 },
      '',
      'Jonas Weber tried a restore from trash again for 3 files',
    ],
    [
      { type: 'grant.added', email: 'x@example.org', prefix: '', role: 'viewer' },
      '',
      'Jonas Weber made x@example.org viewer of the whole library',
    ],
    [
      { type: 'grant.removed', email: 'x@example.org', prefix: 'press/', role: 'admin' },
      'press/',
      'Jonas Weber took the role admin of press/ from x@example.org',
    ],
    [
      { type: 'user.sessions-ended', email: 'x@example.org', count: 1 },
      null,
      'Jonas Weber ended 1 session of x@example.org',
    ],
    [{ type: 'token.revoked', name: 'script' }, null, 'Jonas Weber revoked the API token script'],
    [
      { type: 'events.connected', bucket: 'media', target: 'arn:minio:sqs::STRATA:webhook' },
      null,
      'Jonas Weber let the bucket media send its events to Strata',
    ],
    [
      { type: 'user.linked', email: 'x@example.org' },
      null,
      'Jonas Weber connected their account x@example.org with single sign-on',
    ],
    [
      { type: 'job.retried', job: 'sweep-uploads' },
      null,
      'Jonas Weber had a failed job tried again: Clean up unfinished uploads',
    ],
    [
      { type: 'library.added', name: 'Archive', bucket: 'b', rootPrefix: '' },
      null,
      'Jonas Weber added the library Archive',
    ],
    [{ type: 'index.rebuild-started' }, null, 'Jonas Weber had the index built anew'],
    [
      { type: 'versioning.enabled', bucket: 'media', before: 'off' },
      null,
      'Jonas Weber switched versioning on for the bucket media',
    ],
  ])('%j', (fact, path, sentence) => {
    expect(say(fact, path)).toBe(sentence);
  });

  it('says "you" and "your"', () => {
    expect(say({ type: 'user.password-changed' }, null, true)).toBe('You changed your password');
    expect(say({ type: 'user.password-changed' }, null)).toBe('Jonas Weber changed their password');
  });
});
