import { describe, expect, it } from 'vitest';
import { conditionOf, type Expectation, judgeConflict } from './conflict-verdict.ts';

const createdAt = new Date('2026-11-23T10:00:00Z');
const create: Expectation = { ifExists: 'fail', expectedVersionId: null, expectedEtag: null };
const replace: Expectation = { ifExists: 'replace', expectedVersionId: 'v1', expectedEtag: 'e1' };
const same = { size: 5, crc64nvme: 'AAAAAAAAAAE=' };
const during = new Date('2026-11-23T10:01:00Z');
const before = new Date('2026-11-23T09:59:59Z');
const other = { versionId: 'v9', etag: 'e9', size: 5, crc64nvme: 'AAAAAAAAAAI=', modifiedAt: during };

describe('judgeConflict', () => {
  it.each<[string, Expectation, Parameters<typeof judgeConflict>[1], string, string?]>([
    ['a new file, nothing there', create, null, 'not-arrived'],
    ['a new file, another there', create, other, 'conflict', 'path_exists'],
    ['keep both, another there', { ...create, ifExists: 'rename' }, other, 'conflict', 'path_exists'],
    ['a new file, the same bytes there since', create, { ...other, ...same }, 'same-content'],
    [
      'the same bytes from before the session',
      create,
      { ...other, ...same, modifiedAt: before },
      'conflict',
      'path_exists',
    ],
    ['the same checksum, another size', create, { ...other, ...same, size: 6 }, 'conflict', 'path_exists'],
    ['a checksum that the store does not know', create, { ...other, crc64nvme: null }, 'conflict', 'path_exists'],
    ['replace, the expected version still there', replace, { ...other, versionId: 'v1', etag: 'e1' }, 'not-arrived'],
    [
      'replace with the same bytes, not sent yet',
      replace,
      { ...other, ...same, versionId: 'v1', etag: 'e1' },
      'not-arrived',
    ],
    ['replace, somebody replaced it', replace, other, 'conflict', 'version_changed'],
    ['replace, somebody sent the same bytes', replace, { ...other, ...same }, 'same-content'],
    ['replace, it is gone', replace, null, 'conflict', 'version_changed'],
    ['over a delete marker by If-Match, not sent yet', { ...create, expectedEtag: 'e0' }, null, 'not-arrived'],
  ])('%s', (_, expectation, latest, verdict, code) => {
    const found = judgeConflict({ ...expectation, ...same, createdAt }, latest);
    expect(found).toMatchObject(code ? { verdict, code } : { verdict });
  });

  it('takes no checksum that is unknown on both sides for the same content', () => {
    expect(
      judgeConflict({ ...create, size: 5, crc64nvme: null, createdAt }, { ...other, crc64nvme: null }),
    ).toMatchObject({
      verdict: 'conflict',
    });
  });
});

describe('conditionOf', () => {
  it('states what the row expects', () => {
    expect(conditionOf(create)).toEqual({ ifNoneMatch: '*' });
    expect(conditionOf(replace)).toEqual({ ifMatch: 'e1' });
  });
});
