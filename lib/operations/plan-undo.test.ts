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
      'a change of class: the version before again, in its class',
      'reclass',
      { kind: 'copied-up', made: v('v4'), from: 'v3', former: former('v3', false), formerClass: 'STANDARD_IA' },
      { kind: 'copy-up', source: v('v3'), expect: { ...v('v4'), isDeleteMarker: false }, storageClass: 'STANDARD_IA' },
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
      'a copy at a free place',
      'copy',
      { kind: 'copied-to', from: 'a.jpg', source: v('v1'), made: v('c1'), former: null, moved: null },
      { kind: 'put-marker', expect: v('c1') },
    ],
    [
      'a copy over another file: that one again',
      'copy',
      { kind: 'copied-to', from: 'a.jpg', source: v('v1'), made: v('c1'), former: v('x1'), moved: null },
      { kind: 'copy-up', source: v('x1'), expect: { ...v('c1'), isDeleteMarker: false } },
    ],
    [
      'a move: the old place is shown again, the new one hidden, nothing is copied',
      'move',
      {
        kind: 'copied-to',
        from: 'old/a.jpg',
        source: v('v1'),
        made: v('c1'),
        former: null,
        moved: { markers: ['m1'], tags: { moved: ['Sky'], there: [] } },
      },
      {
        kind: 'move-back',
        from: 'new/a.jpg',
        back: v('v1'),
        markers: ['m1'],
        made: v('c1'),
        former: null,
        tags: { moved: ['Sky'], there: [] },
      },
    ],
    [
      'a move that was undone: the same the other way round',
      'move',
      { kind: 'moved-back', from: 'old/a.jpg', back: v('v1'), made: v('c1'), hiddenBy: { markers: ['m2'] } },
      {
        kind: 'move-back',
        from: 'new/a.jpg',
        back: v('c1'),
        markers: ['m2'],
        made: v('v1'),
        former: null,
        tags: { moved: [], there: [] },
      },
    ],
    [
      'a move over another file that was undone: moved anew, over the copy of that file',
      'move',
      { kind: 'moved-back', from: 'old/a.jpg', back: v('v1'), made: v('c1'), hiddenBy: { copy: v('x2') } },
      { kind: 'copy-to', from: 'new/a.jpg', source: v('v1'), over: v('x2'), move: true },
    ],
    [
      'a folder that went along',
      'move',
      { kind: 'folder-marker-moved', from: 'old/', put: true, removed: true },
      { kind: 'move-folder-marker', from: 'new/a.jpg', keep: false },
    ],
    [
      'a folder that was taken in by another one',
      'move',
      { kind: 'folder-marker-moved', from: 'old/', put: false, removed: true },
      { kind: 'put-folder-marker', ifExists: 'skip' },
    ],
    [
      'tags',
      'tag',
      { kind: 'tagged', added: ['Sky'], removed: ['Sea'] },
      { kind: 'set-tags', add: ['Sea'], remove: ['Sky'] },
    ],
    [
      'a folder that went',
      'trash',
      { kind: 'folder-marker-removed', marker: null },
      { kind: 'put-folder-marker', ifExists: 'skip' },
    ],
  ] as const)('%s', (_, type, outcome, step) => {
    expect(undoStep(outcome as unknown as StepOutcome, type, 'new/a.jpg')).toEqual(step);
  });
});

describe('planUndo', () => {
  it('leaves out what an earlier undo took back', () => {
    const outcome: StepOutcome = { kind: 'markers-removed', back: v('v1') };
    const items = ['b', 'a', 'c'].map((path, position) => ({ position, key: `r/${path}`, path, bytes: 1, outcome }));
    const plan = planUndo({ rootPrefix: 'r/' }, 'untrash', items, new Set([0]));
    expect(plan.map((item) => [item.key, item.undoes])).toEqual([
      ['r/a', 1],
      ['r/c', 2],
    ]);
  });

  it('names the place that a moved file goes back to', () => {
    const outcome: StepOutcome = {
      kind: 'copied-to',
      from: 'old/a.jpg',
      source: v('v1'),
      made: v('c1'),
      former: null,
      moved: { markers: ['m1'], tags: { moved: [], there: [] } },
    };
    const items = [{ position: 7, key: 'new/a.jpg', path: 'new/a.jpg', bytes: 1, outcome }];
    expect(planUndo({ rootPrefix: '' }, 'move', items, new Set())).toMatchObject([
      { key: 'old/a.jpg', path: 'old/a.jpg', fromPath: 'new/a.jpg', undoes: 7 },
    ]);
  });
});

describe('undoType', () => {
  it.each([
    ['trash', [], 'untrash'],
    ['untrash', [], 'trash'],
    ['create-folder', [], 'trash'],
    ['move', [], 'move'],
    ['tag', [], 'tag'],
    ['copy', [{ kind: 'put-marker', expect: v('a') }], 'trash'],
    ['restore-version', [{ kind: 'put-marker', expect: v('a') }], 'trash'],
    ['restore-version', [{ kind: 'copy-up', source: v('a'), expect: former('b', false) }], 'restore-version'],
  ] as const)('of %s', (type, steps, expected) => {
    expect(undoType(type, [...steps])).toBe(expected);
  });
});
