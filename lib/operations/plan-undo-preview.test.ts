import { describe, expect, it } from 'vitest';
import { type PlaceState, planUndoPreview } from './plan-undo-preview.ts';
import type { OperationStep } from './steps.ts';

const v = (versionId: string) => ({ versionId, etag: null });
const place = (content: string | string[] | null, markers: string[] = [], versions: string[] = []): PlaceState => {
  const ids = content === null ? null : [content].flat();
  return { content: ids, markers, versions: new Set([...(ids ?? []), ...versions]) };
};
const preview = (world: Record<string, PlaceState>, ...steps: [string, OperationStep][]) =>
  planUndoPreview(
    steps.map(([path, step]) => ({ path, step })),
    new Map(Object.entries(world)),
  ).map((misfit) => misfit.path);

const putMarker = (on: string): OperationStep => ({ kind: 'put-marker', expect: v(on) });
const removeMarkers = (back: string, ...markers: string[]): OperationStep => ({
  kind: 'remove-markers',
  back: v(back),
  markers,
});
const copyUp = (source: string, over: string, isDeleteMarker = false): OperationStep => ({
  kind: 'copy-up',
  source: v(source),
  expect: { ...v(over), isDeleteMarker },
});
const moveBack = (from: string, back: string, made: string, former: string | null = null): OperationStep => ({
  kind: 'move-back',
  from,
  back: v(back),
  markers: null,
  made: v(made),
  former: former === null ? null : v(former),
  tags: { moved: [], there: [] },
});

describe('planUndoPreview', () => {
  it.each<[string, Record<string, PlaceState>, OperationStep, boolean]>([
    ['a version that is still on top', { a: place('v1') }, putMarker('v1'), true],
    ['a newer one', { a: place('v2') }, putMarker('v1'), false],
    ['a file that is in the trash already', { a: place('v1', ['m']) }, putMarker('v1'), true],
    ['a place with nothing left', {}, putMarker('v1'), false],
    ['its marker', { a: place('v1', ['m1']) }, removeMarkers('v1', 'm1'), true],
    ['another marker', { a: place('v1', ['m2']) }, removeMarkers('v1', 'm1'), false],
    ['a new file over it', { a: place('v2', [], ['v1']) }, removeMarkers('v1', 'm1'), false],
    ['the version before', { a: place('v2', [], ['v1']) }, copyUp('v1', 'v2'), true],
    ['a version before that is gone', { a: place('v2') }, copyUp('v1', 'v2'), false],
    [
      'a version that only stands for the one expected',
      { a: place(['v3', 'v2'], [], ['v1']) },
      copyUp('v1', 'v2'),
      true,
    ],
    ['a file that was deleted since', { a: place('v2', ['m'], ['v1']) }, copyUp('v1', 'v2'), false],
    ['a move', { a: place('v1', ['m1']), b: place('c1') }, moveBack('b', 'v1', 'c1'), true],
    [
      'a move whose file moved on',
      { a: place('v1', ['m1']), b: place('c1', ['m2']) },
      moveBack('b', 'v1', 'c1'),
      false,
    ],
    [
      'a move whose old place is taken',
      { a: place('x1', [], ['v1']), b: place('c1') },
      moveBack('b', 'v1', 'c1'),
      false,
    ],
    ['tags', { a: place('v1') }, { kind: 'set-tags', add: ['x'], remove: [] }, true],
    ['tags of a file that is gone', { a: place(null) }, { kind: 'set-tags', add: ['x'], remove: [] }, false],
    ['a folder', {}, { kind: 'put-folder-marker', ifExists: 'skip' }, true],
  ])('%s', (_, world, step, fits) => {
    expect(preview(world, ['a', step])).toEqual(fits ? [] : ['a']);
  });

  it('carries the steps out one after the other', () => {
    // a → b → c, both undone: the second finds what the first has brought back.
    const world = { a: place('v1', ['m1']), b: place('c1', ['m2']), c: place('d1') };
    const [newest, oldest] = [moveBack('c', 'c1', 'd1'), moveBack('b', 'v1', 'c1')];
    expect(preview({ ...world }, ['b', newest], ['a', oldest])).toEqual([]);
    expect(preview({ ...world }, ['a', oldest], ['b', newest])).toEqual(['a']);
    // Two replacements by upload.
    const replaced = { a: place('v3', [], ['v1', 'v2']) };
    expect(preview(replaced, ['a', copyUp('v2', 'v3')], ['a', copyUp('v1', 'v2')])).toEqual([]);
    // Deleted, restored by hand: the restore is undone by a marker, which the undo of the deletion takes away.
    expect(preview({ a: place('v1') }, ['a', putMarker('v1')], ['a', removeMarkers('v1', 'm1')])).toEqual([]);
  });
});
