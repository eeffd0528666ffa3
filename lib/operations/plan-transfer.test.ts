import { describe, expect, it } from 'vitest';
import type { AssetFact, PathWorld } from '#lib/uploads/plan-reservations.ts';
import { planTransfer } from './plan-transfer.ts';
import type { IfExists } from './schema.ts';
import type { SelectedAsset } from './selected.ts';

const limits = { rootPrefix: 'r/', maxSegmentBytes: 255 };
const asset = (path: string, more: Partial<SelectedAsset> = {}): SelectedAsset => ({
  id: 1n,
  path,
  key: `r/${path}`,
  state: 'live',
  versionId: 'v1',
  etag: 'e1',
  size: 7,
  storageClass: 'STANDARD',
  ...more,
});
const there = (versionId: string, state: 'live' | 'trashed' = 'live'): AssetFact => ({
  id: '9',
  state,
  size: 1,
  modifiedAt: new Date(0),
  versionId,
  etag: `e-${versionId}`,
});
const world = (more: Partial<PathWorld> = {}): PathWorld => ({
  assets: new Map(),
  openUploads: new Map(),
  filesAbove: new Set(),
  foldersAt: new Set(),
  takenNames: new Set(),
  ...more,
});
const plan = (
  pairs: [from: string, to: string][],
  around: Partial<PathWorld>,
  options: { move?: boolean; ifExists?: IfExists; more?: Partial<SelectedAsset> } = {},
) =>
  planTransfer(
    {
      move: options.move ?? true,
      ifExists: options.ifExists ?? 'fail',
      assets: pairs.map(([from, to]) => ({ item: asset(from, options.more), to })),
      folders: [],
    },
    world(around),
    limits,
  );
const short = (items: ReturnType<typeof plan>) => items.map((item) => `${item.path} ${item.error?.code ?? item.state}`);
const exists = { assets: new Map([['to/x.jpg', there('t1')]]) };

describe('planTransfer', () => {
  it('copies the newest version to a free place, and says both ends', () => {
    expect(plan([['a/x.jpg', 'to/x.jpg']], {})).toEqual([
      {
        key: 'r/to/x.jpg',
        path: 'to/x.jpg',
        fromPath: 'a/x.jpg',
        bytes: 7,
        state: 'pending',
        error: null,
        step: { kind: 'copy-to', from: 'a/x.jpg', source: { versionId: 'v1', etag: 'e1' }, over: null, move: true },
      },
    ]);
  });

  it.each([
    ['fail', 'to/x.jpg path_exists'],
    ['skip', 'to/x.jpg skipped'],
    ['replace', 'to/x.jpg pending'],
    ['rename', 'to/x (2).jpg pending'],
  ] as const)('where a file is already: %s', (ifExists, expected) => {
    const [item] = plan([['a/x.jpg', 'to/x.jpg']], exists, { ifExists });
    expect(short(item ? [item] : [])).toEqual([expected]);
    if (ifExists === 'replace') expect(item?.step).toMatchObject({ over: { versionId: 't1', etag: 'e-t1' } });
    if (ifExists === 'rename') expect(item?.step).toMatchObject({ over: null });
  });

  it('goes where only the trash has a file', () => {
    expect(short(plan([['a/x.jpg', 'to/x.jpg']], { assets: new Map([['to/x.jpg', there('t1', 'trashed')]]) }))).toEqual(
      ['to/x.jpg pending'],
    );
  });

  it('never lets two files of a batch meet: also not with replace', () => {
    const pairs: [string, string][] = [
      ['a/x.jpg', 'to/x.jpg'],
      ['b/x.jpg', 'to/x.jpg'],
    ];
    expect(short(plan(pairs, {}, { ifExists: 'replace' }))).toEqual(['to/x.jpg pending', 'to/x.jpg path_exists']);
    expect(short(plan(pairs, {}, { ifExists: 'rename' }))).toEqual(['to/x (2).jpg pending', 'to/x.jpg pending']);
  });

  it('has nothing to do where the file is: a copy beside itself needs another name', () => {
    const same: [string, string][] = [['to/x.jpg', 'to/x.jpg']];
    const itself = { assets: new Map([['to/x.jpg', there('v1')]]) };
    expect(short(plan(same, itself))).toEqual(['to/x.jpg skipped']);
    expect(short(plan(same, itself, { move: false }))).toEqual(['to/x.jpg path_exists']);
    expect(short(plan(same, itself, { move: false, ifExists: 'replace' }))).toEqual(['to/x.jpg path_exists']);
    expect(short(plan(same, itself, { move: false, ifExists: 'rename' }))).toEqual(['to/x (2).jpg pending']);
  });

  it.each([
    ['a file above', { filesAbove: new Set(['to']) }, 'path_under_file'],
    ['a folder of that name', { foldersAt: new Set(['to/x.jpg']) }, 'path_is_folder'],
  ] as const)('%s', (_, around, code) => {
    expect(short(plan([['a/x.jpg', 'to/x.jpg']], around))).toEqual([`to/x.jpg ${code}`]);
  });

  it('lets no path of a batch be the folder of another one', () => {
    const pairs: [string, string][] = [
      ['a/t', 't'],
      ['b/x.jpg', 't/x.jpg'],
    ];
    expect(short(plan(pairs, {}))).toEqual(['t pending', 't/x.jpg path_under_file']);
    expect(short(plan([...pairs].reverse() as typeof pairs, {}))).toEqual(['t path_is_folder', 't/x.jpg pending']);
  });

  it.each([
    ['trashed', 'wrong_state'],
    ['gone', 'not_found'],
  ] as const)('leaves what is %s', (state, code) => {
    expect(short(plan([['a/x.jpg', 'to/x.jpg']], {}, { more: { state } }))).toEqual([`to/x.jpg ${code}`]);
  });

  it('says what must be thawed, and which names the store does not take', () => {
    expect(plan([['a/x.jpg', 'to/x.jpg']], {}, { more: { storageClass: 'GLACIER' } })[0]?.archived).toBe(true);
    expect(short(plan([['a//x.jpg', `${'n'.repeat(256)}`]], {}))).toEqual([`${'n'.repeat(256)} invalid_path`]);
  });

  it('takes the objects of folders along, or makes them there as well', () => {
    const folders = [{ item: { path: 'a/', key: 'r/a/' }, to: 'to/a/' }];
    const of = (move: boolean, around = {}) =>
      planTransfer({ move, ifExists: 'fail', assets: [], folders }, world(around), limits)[0];
    expect(of(true)).toMatchObject({
      path: 'to/a/',
      fromPath: 'a/',
      step: { kind: 'move-folder-marker', keep: false },
    });
    expect(of(false)).toMatchObject({ step: { keep: true } });
    expect(of(true, { filesAbove: new Set(['to']) })).toMatchObject({ error: { code: 'path_under_file' } });
  });
});
