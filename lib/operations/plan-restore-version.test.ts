import { describe, expect, it } from 'vitest';
import { type IndexedVersion, planRestoreVersion } from './plan-restore-version.ts';
import type { SelectedAsset } from './selected.ts';

const asset: SelectedAsset = {
  id: 1n,
  path: 'a.jpg',
  key: 'root/a.jpg',
  state: 'live',
  versionId: 'v3',
  etag: 'e3',
  size: 30,
  storageClass: 'STANDARD',
};
const version = (versionId: string, more: Partial<IndexedVersion> = {}): IndexedVersion => ({
  versionId,
  etag: `e-${versionId}`,
  isDeleteMarker: false,
  size: 10,
  storageClass: 'STANDARD',
  removed: false,
  ...more,
});
const marker = (versionId: string) =>
  version(versionId, { isDeleteMarker: true, etag: null, size: 0, storageClass: null });

describe('planRestoreVersion', () => {
  it('copies the older version onto what is newest now', () => {
    expect(planRestoreVersion(asset, [version('v3'), version('v2'), version('v1')], 'v1', undefined)).toMatchObject({
      state: 'pending',
      bytes: 10,
      archived: false,
      step: {
        kind: 'copy-up',
        source: { versionId: 'v1', etag: 'e-v1' },
        expect: { versionId: 'v3', etag: 'e-v3', isDeleteMarker: false },
      },
    });
  });

  it('expects the marker when the file is in the trash', () => {
    const plan = planRestoreVersion(asset, [marker('m'), version('v1')], 'v1', undefined);
    expect(plan.step).toMatchObject({ expect: { versionId: 'm', etag: null, isDeleteMarker: true } });
  });

  it.each([
    ['the current one', [version('v2'), version('v1')], 'v2', 'skipped', null],
    [
      'the current one, with a removed row above',
      [version('v3', { removed: true }), version('v2')],
      'v2',
      'skipped',
      null,
    ],
    ['one that is gone', [version('v2'), version('v1', { removed: true })], 'v1', 'conflict', 'not_found'],
    ['when nothing is left', [version('v1', { removed: true })], 'v1', 'conflict', 'not_found'],
  ] as const)('%s', (_, history, versionId, state, code) => {
    const plan = planRestoreVersion(asset, [...history], versionId, undefined);
    expect(plan).toMatchObject({ state, step: { kind: 'nothing' } });
    expect(plan.error?.code ?? null).toBe(code);
  });

  it('takes the `null` version that is there, not the one that was overwritten', () => {
    const history = [version('v2'), version('null', { removed: true, size: 5 }), version('null', { size: 6 })];
    expect(planRestoreVersion(asset, history, 'null', undefined)).toMatchObject({ state: 'pending', bytes: 6 });
  });

  it.each(['GLACIER', 'DEEP_ARCHIVE'])('says beforehand that a version in %s may have to be thawed', (storageClass) => {
    expect(planRestoreVersion(asset, [version('v2'), version('v1', { storageClass })], 'v1', undefined).archived).toBe(
      true,
    );
  });

  it('stops where a folder stands in the way, and at unknown versions and markers', () => {
    const clash = { code: 'path_is_folder', detail: 'A folder is there.' } as const;
    expect(planRestoreVersion(asset, [marker('m'), version('v1')], 'v1', clash)).toMatchObject({
      state: 'conflict',
      error: clash,
    });
    expect(() => planRestoreVersion(asset, [version('v1')], 'v9', undefined)).toThrow(/not_found/);
    expect(() => planRestoreVersion(asset, [marker('m'), version('v1')], 'm', undefined)).toThrow(/invalid_request/);
  });
});
