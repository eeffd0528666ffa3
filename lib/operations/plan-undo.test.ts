import { describe, expect, it } from 'vitest';
import { planUndo, undoStep, undoType } from './plan-undo.ts';
import type { StepOutcome } from './steps.ts';

const v = (versionId: string) => ({ versionId, etag: `e-${versionId}` });
const former = (versionId: string, isDeleteMarker: boolean) => ({ ...v(versionId), isDeleteMarker });

describe('undoStep', () => {
  it.each([
    [
      'trash: exactly the markers that it put',
      'trash',
      { kind: 'marker-put', markers: ['m2', 'm1'], over: v('v1') },
      { kind: 'remove-markers', back: v('v1'), markers: ['m2', 'm1'] },
    ],
    [
      'untrash: a marker on what came back',
      'untrash',
      { kind: 'markers-removed', back: v('v1') },
      { kind: 'put-marker', expect: v('v1') },
    ],
    [
      'restore: the former current version again',
      'restore-version',
      { kind: 'copied-up', made: v('v4'), from: 'v1', former: former('v3', false) },
      { kind: 'copy-up', source: v('v3'), expect: { ...v('v4'), isDeleteMarker: false } },
    ],
    [
      'restore of a file that lay in the trash: back to the trash',
      'restore-version',
      { kind: 'copied-up', made: v('v4'), from: 'v1', former: former('m1', true) },
      { kind: 'put-marker', expect: v('v4') },
    ],
    [
      'a folder that was made',
      'create-folder',
      { kind: 'folder-marker-put' },
      { kind: 'remove-folder-marker', onlyIfEmpty: true },
    ],
    [
      'a folder that came back with its files',
      'untrash',
      { kind: 'folder-marker-put' },
      { kind: 'remove-folder-marker', onlyIfEmpty: false },
    ],
    [
      'a folder that went',
      'trash',
      { kind: 'folder-marker-removed', marker: null },
      { kind: 'put-folder-marker', ifExists: 'skip' },
    ],
  ] as const)('%s', (_, type, outcome, step) => {
    expect(undoStep(outcome as unknown as StepOutcome, type)).toEqual(step);
  });
});

describe('planUndo', () => {
  it('leaves out what an earlier undo took back', () => {
    const outcome: StepOutcome = { kind: 'markers-removed', back: v('v1') };
    const items = ['b', 'a', 'c'].map((path) => ({ key: path, path, bytes: 1, outcome }));
    expect(planUndo('untrash', items, new Set(['b'])).map((item) => item.key)).toEqual(['a', 'c']);
  });
});

describe('undoType', () => {
  it.each([
    ['trash', [], 'untrash'],
    ['untrash', [], 'trash'],
    ['create-folder', [], 'trash'],
    ['restore-version', [{ kind: 'put-marker', expect: v('a') }], 'trash'],
    ['restore-version', [{ kind: 'copy-up', source: v('a'), expect: former('b', false) }], 'restore-version'],
  ] as const)('of %s', (type, steps, expected) => {
    expect(undoType(type, [...steps])).toBe(expected);
  });
});
