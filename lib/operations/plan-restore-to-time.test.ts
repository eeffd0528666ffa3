import { describe, expect, it } from 'vitest';
import { type AssetThenAndNow, type KnownBytes, planRestoreToTime } from './plan-restore-to-time.ts';
import type { OperationStep } from './steps.ts';

const bytes = (versionId: string, crc64nvme: string | null = null, size = 5): KnownBytes => ({
  versionId,
  etag: `e-${versionId}`,
  size,
  crc64nvme,
  copyOf: null,
});
const then = (version: KnownBytes, more: Partial<NonNullable<AssetThenAndNow['wanted']>> = {}) => ({
  ...version,
  storageClass: null,
  removedAt: null,
  ...more,
});
const on = (versionId: string, isDeleteMarker = false) => ({
  versionId,
  etag: isDeleteMarker ? null : `e-${versionId}`,
  isDeleteMarker,
});
const seen = (versionId: string) => ({ versionId, etag: `e-${versionId}` });

const plan = (asset: Partial<AssetThenAndNow>, clash?: { code: 'path_is_folder'; detail: string }) =>
  planRestoreToTime(
    [{ key: 'k', path: 'p', state: 'live', newest: null, top: null, markers: [], wanted: null, ...asset }],
    new Map(clash ? [['p', clash]] : []),
  )[0];

describe('planRestoreToTime', () => {
  it.each<[string, Partial<AssetThenAndNow>, string, OperationStep]>([
    [
      'is the same version',
      { newest: bytes('v1'), top: on('v1'), wanted: then(bytes('v1')) },
      'skipped',
      { kind: 'nothing' },
    ],
    [
      'is another version with the same bytes: a restore made before, or the same file sent again',
      { newest: bytes('v3', 'aa'), top: on('v3'), wanted: then(bytes('v1', 'aa')) },
      'skipped',
      { kind: 'nothing' },
    ],
    [
      'is a copy of that version, of which no checksum is known',
      { newest: { ...bytes('v3'), copyOf: 'v1' }, top: on('v3'), wanted: then(bytes('v1')) },
      'skipped',
      { kind: 'nothing' },
    ],
    [
      'has the checksum but not the size',
      { newest: bytes('v3', 'aa', 6), top: on('v3'), wanted: then(bytes('v1', 'aa')) },
      'pending',
      { kind: 'copy-up', source: seen('v1'), expect: on('v3') },
    ],
    [
      'was overwritten',
      { newest: bytes('v2'), top: on('v2'), wanted: then(bytes('v1')) },
      'pending',
      { kind: 'copy-up', source: seen('v1'), expect: on('v2') },
    ],
    [
      'was deleted: exactly these markers go',
      { state: 'trashed', newest: bytes('v1'), top: on('m2', true), markers: ['m2', 'm1'], wanted: then(bytes('v1')) },
      'pending',
      { kind: 'remove-markers', back: seen('v1'), markers: ['m2', 'm1'] },
    ],
    [
      'was overwritten, then deleted',
      { state: 'trashed', newest: bytes('v2'), top: on('m', true), markers: ['m'], wanted: then(bytes('v1')) },
      'pending',
      { kind: 'copy-up', source: seen('v1'), expect: on('m', true) },
    ],
    [
      'was overwritten by the same bytes, then deleted',
      {
        state: 'trashed',
        newest: bytes('v2', 'aa'),
        top: on('m', true),
        markers: ['m'],
        wanted: then(bytes('v1', 'aa')),
      },
      'pending',
      { kind: 'remove-markers', back: seen('v2'), markers: ['m'] },
    ],
    [
      'was not there: a marker',
      { newest: bytes('v1'), top: on('v1'), wanted: null },
      'pending',
      { kind: 'put-marker', expect: seen('v1') },
    ],
    [
      'was deleted before and is deleted now: nothing is resurrected',
      { state: 'trashed', newest: bytes('v1'), top: on('m', true), markers: ['m'], wanted: null },
      'skipped',
      { kind: 'nothing' },
    ],
    ['never had bytes that are left', { state: 'gone', wanted: null }, 'skipped', { kind: 'nothing' }],
  ])('a file that %s', (_, asset, state, step) => {
    expect(plan(asset)).toMatchObject({ state, step, error: null });
  });

  it('says that bytes are gone, and since when, and leaves what is there', () => {
    const removedAt = new Date('2026-11-04T10:00:00Z');
    const item = plan({ newest: bytes('v2'), top: on('v2'), wanted: then(bytes('v1'), { removedAt }) });
    expect(item).toMatchObject({ state: 'conflict', step: { kind: 'nothing' }, error: { code: 'not_found' } });
    expect(item?.error?.detail).toContain('2026-11-04');
  });

  it('marks what must be thawed', () => {
    const old = then(bytes('v1'), { storageClass: 'GLACIER' });
    expect(plan({ newest: bytes('v2'), top: on('v2'), wanted: old })?.archived).toBe(true);
    expect(plan({ newest: bytes('v2'), top: on('v2'), wanted: then(bytes('v1')) })?.archived).toBe(false);
  });

  it('does not bring back what would stand where something else stands now', () => {
    const clash = { code: 'path_is_folder' as const, detail: 'A folder is there.' };
    const trashed = { state: 'trashed' as const, newest: bytes('v1'), top: on('m', true), markers: ['m'] };
    expect(plan({ ...trashed, wanted: then(bytes('v1')) }, clash)).toMatchObject({ state: 'conflict', error: clash });
    expect(plan({ ...trashed, wanted: null }, clash)).toMatchObject({ state: 'skipped' });
  });
});
