import { describe, expect, it } from 'vitest';
import {
  type AssetFact,
  type OpenUpload,
  type PathWorld,
  planReservations,
  type WantedPath,
} from './plan-reservations.ts';

const limits = { rootPrefix: '', maxSegmentBytes: 255 };
const at = new Date('2026-11-23T10:00:00Z');
const file = (path: string, more: Partial<WantedPath> = {}): WantedPath => ({
  path,
  ifExists: 'fail',
  expectedVersionId: null,
  size: 5,
  crc64nvme: 'AAAAAAAAAAE=',
  contentType: 'image/jpeg',
  fileModifiedAt: at,
  ...more,
});
const live: AssetFact = { id: '7', state: 'live', size: 9, modifiedAt: at, versionId: 'v1', etag: 'e1' };
const trashed: AssetFact = { ...live, state: 'trashed' };
const own: OpenUpload = {
  id: 'u1',
  isOwn: true,
  state: 'reserved',
  ifExists: 'fail',
  expectedVersionId: null,
  size: 5,
  crc64nvme: 'AAAAAAAAAAE=',
  contentType: 'image/jpeg',
  fileModifiedAt: at,
};
const theirs: OpenUpload = { ...own, id: 'u2', isOwn: false };

type Given = {
  assets?: [string, AssetFact][];
  open?: [string, OpenUpload][];
  above?: string[];
  folders?: string[];
  taken?: string[];
};
const worldOf = (given: Given): PathWorld => ({
  assets: new Map(given.assets),
  openUploads: new Map(given.open),
  filesAbove: new Set(given.above),
  foldersAt: new Set(given.folders),
  takenNames: new Set(given.taken),
});
const plan = (wanted: WantedPath[], given: Given = {}, markerBlocksCreate = false) =>
  planReservations(wanted, worldOf(given), limits, { markerBlocksCreate });

const fresh = { action: 'reserve', expectedVersionId: null, expectedEtag: null };
const replacing = { ifExists: 'replace' as const, expectedVersionId: 'v1' };

describe('planReservations, one file', () => {
  it.each<[string, WantedPath, Given, object]>([
    ['a free path', file('a.jpg'), {}, { ...fresh, path: 'a.jpg' }],
    [
      'a live file there',
      file('a.jpg'),
      { assets: [['a.jpg', live]] },
      { action: 'refuse', code: 'path_exists', existing: live },
    ],
    ['a trashed file there', file('a.jpg'), { assets: [['a.jpg', trashed]] }, { ...fresh, path: 'a.jpg' }],
    [
      'replace the version that was seen',
      file('a.jpg', replacing),
      { assets: [['a.jpg', live]] },
      { action: 'reserve', path: 'a.jpg', expectedVersionId: 'v1', expectedEtag: 'e1' },
    ],
    [
      'replace after somebody else replaced',
      file('a.jpg', { ...replacing, expectedVersionId: 'v0' }),
      { assets: [['a.jpg', live]] },
      { action: 'refuse', code: 'version_changed', existing: live },
    ],
    [
      'replace what was trashed',
      file('a.jpg', replacing),
      { assets: [['a.jpg', trashed]] },
      { action: 'refuse', code: 'version_changed', existing: null },
    ],
    ['replace what never was', file('a.jpg', replacing), {}, { action: 'refuse', code: 'version_changed' }],
    ['keep both on a free path', file('a.jpg', { ifExists: 'rename' }), {}, { ...fresh, path: 'a.jpg' }],
    [
      'keep both',
      file('a.jpg', { ifExists: 'rename' }),
      { assets: [['a.jpg', live]], taken: ['a (2).jpg'] },
      { ...fresh, path: 'a (3).jpg' },
    ],
    [
      'keep both beside a folder of that name',
      file('a', { ifExists: 'rename' }),
      { folders: ['a'] },
      { ...fresh, path: 'a (2)' },
    ],
    [
      'keep both while somebody else uploads there',
      file('a.jpg', { ifExists: 'rename' }),
      { open: [['a.jpg', theirs]] },
      { ...fresh, path: 'a (2).jpg' },
    ],
    ['a file where a folder is', file('photos'), { folders: ['photos'] }, { action: 'refuse', code: 'path_is_folder' }],
    [
      'a path under an existing file',
      file('photos/2026/a.jpg'),
      { above: ['photos'] },
      { action: 'refuse', code: 'path_under_file' },
    ],
    [
      'keep both does not help under a file',
      file('photos/a.jpg', { ifExists: 'rename' }),
      { above: ['photos'] },
      { action: 'refuse', code: 'path_under_file' },
    ],
    [
      'somebody else uploads there',
      file('a.jpg'),
      { open: [['a.jpg', theirs]] },
      { action: 'refuse', code: 'path_reserved' },
    ],
    [
      'my own earlier start of the same file',
      file('a.jpg'),
      { open: [['a.jpg', own]] },
      { action: 'reuse', path: 'a.jpg', uploadId: 'u1', change: null },
    ],
    [
      'my own earlier start, whose bytes already show',
      file('a.jpg'),
      { open: [['a.jpg', own]], assets: [['a.jpg', live]] },
      { action: 'reuse', path: 'a.jpg', uploadId: 'u1', change: null },
    ],
    [
      'my own earlier start, now to replace',
      file('a.jpg', replacing),
      { open: [['a.jpg', own]], assets: [['a.jpg', live]] },
      {
        action: 'reuse',
        path: 'a.jpg',
        uploadId: 'u1',
        change: { expectedVersionId: 'v1', expectedEtag: 'e1' },
      },
    ],
    [
      'my own earlier start of other bytes',
      file('a.jpg', { crc64nvme: 'AAAAAAAAAAI=' }),
      { open: [['a.jpg', own]] },
      { action: 'refuse', code: 'path_reserved' },
    ],
    [
      'my own earlier start of another size',
      file('a.jpg', { size: 6 }),
      { open: [['a.jpg', own]] },
      { action: 'refuse', code: 'path_reserved' },
    ],
    [
      'my own earlier start that is just completing',
      file('a.jpg'),
      { open: [['a.jpg', { ...own, state: 'completing' }]] },
      { action: 'refuse', code: 'path_reserved' },
    ],
    [
      'my own large file by size and time',
      file('a.mov', { crc64nvme: null }),
      { open: [['a.mov', { ...own, crc64nvme: null, state: 'uploading' }]] },
      { action: 'reuse', path: 'a.mov', uploadId: 'u1', change: null },
    ],
    [
      'my own large file without a time is not known to be the same',
      file('a.mov', { crc64nvme: null, fileModifiedAt: null }),
      { open: [['a.mov', { ...own, crc64nvme: null, fileModifiedAt: null }]] },
      { action: 'refuse', code: 'path_reserved' },
    ],
  ])('%s', (_, wanted, given, expected) => {
    expect(plan([wanted], given)).toEqual([expect.objectContaining(expected)]);
  });

  it('passes a delete marker by If-Match on a store where it blocks If-None-Match', () => {
    expect(plan([file('a.jpg')], { assets: [['a.jpg', trashed]] }, true)).toEqual([
      { action: 'reserve', path: 'a.jpg', expectedVersionId: null, expectedEtag: 'e1' },
    ]);
  });
});

describe('planReservations, one batch', () => {
  const codes = (reservations: ReturnType<typeof plan>) =>
    reservations.map((one) => (one.action === 'refuse' ? one.code : one.path));

  it('gives a path to the first of two files', () => {
    expect(codes(plan([file('a.jpg'), file('a.jpg')]))).toEqual(['a.jpg', 'path_reserved']);
  });

  it('keeps both of two files with one path when asked', () => {
    const keep = { ifExists: 'rename' as const };
    expect(codes(plan([file('a.jpg', keep), file('a.jpg', keep), file('a.jpg', keep)]))).toEqual([
      'a.jpg',
      'a (2).jpg',
      'a (3).jpg',
    ]);
  });

  it('lets no file of the batch lie under another, in both directions', () => {
    expect(codes(plan([file('a'), file('a/b.jpg')]))).toEqual(['a', 'path_under_file']);
    expect(codes(plan([file('a/b.jpg'), file('a')]))).toEqual(['a/b.jpg', 'path_is_folder']);
  });

  it('hands one session out once', () => {
    expect(codes(plan([file('a.jpg'), file('a.jpg')], { open: [['a.jpg', own]] }))).toEqual(['a.jpg', 'path_reserved']);
  });

  it('a refused file takes no place', () => {
    expect(codes(plan([file('a/b', replacing), file('a')]))).toEqual(['version_changed', 'a']);
  });
});
