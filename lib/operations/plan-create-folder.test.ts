import { describe, expect, it } from 'vitest';
import { planCreateFolder } from './plan-create-folder.ts';

const free = { visible: false, filesInTheWay: [], uploadsInTheWay: [] };

describe('planCreateFolder', () => {
  it('makes the object of the folder', () => {
    expect(planCreateFolder('a/b/', 'root/a/b/', free)).toMatchObject({
      key: 'root/a/b/',
      state: 'pending',
      step: { kind: 'put-folder-marker', ifExists: 'conflict' },
    });
  });

  it('does not mind a file of that name whose versions are all gone', () => {
    const around = { ...free, filesInTheWay: [{ path: 'a', state: 'gone' as const }] };
    expect(planCreateFolder('a/', 'a/', around).state).toBe('pending');
  });

  it.each([
    ['is there', { ...free, visible: true }, 'path_exists', /folder b is there/],
    [
      'file',
      { ...free, filesInTheWay: [{ path: 'a', state: 'live' as const }] },
      'path_under_file',
      /There is a file named a/,
    ],
    [
      'file in the trash',
      { ...free, filesInTheWay: [{ path: 'a/b', state: 'trashed' as const }] },
      'path_under_file',
      /trash holds a file named b/,
    ],
    ['upload', { ...free, uploadsInTheWay: ['a/b'] }, 'path_reserved', /file named b is being uploaded/],
  ])('refuses: %s', (_, around, code, words) => {
    const plan = () => planCreateFolder('a/b/', 'a/b/', around);
    expect(plan).toThrow(expect.objectContaining({ code }));
    expect(plan).toThrow(words);
  });
});
