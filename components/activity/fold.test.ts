import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '#lib/audit/schema.ts';
import { foldActivity } from './fold.ts';

let id = 100;
const upload = (path: string, minute: number, by = '1', replaced = false): ActivityEntry => ({
  id: String(id--),
  at: `2026-11-23T12:${String(minute).padStart(2, '0')}:00.000Z`,
  by: { id: by, name: 'Jonas Weber', you: false },
  type: 'upload.completed',
  path,
  data: { type: 'upload.completed', size: 1, versionId: 'v', replaced },
  uploadId: null,
  undo: null,
  operation: null,
});

describe('foldActivity', () => {
  it('folds the uploads of one person into one folder', () => {
    const rows = foldActivity([upload('a/3.jpg', 30), upload('a/2.jpg', 29), upload('a/1.jpg', 20)]);
    expect(rows.map((row) => [row.head.path, row.more.map((entry) => entry.path)])).toEqual([
      ['a/3.jpg', ['a/2.jpg', 'a/1.jpg']],
    ]);
  });

  it.each([
    ['another person', upload('a/1.jpg', 30), upload('a/2.jpg', 30, '2')],
    ['another folder', upload('a/1.jpg', 30), upload('a/b/2.jpg', 30)],
    ['a replacement', upload('a/1.jpg', 30), upload('a/2.jpg', 30, '1', true)],
    ['a pause', upload('a/1.jpg', 30), upload('a/2.jpg', 10)],
    [
      'another fact',
      upload('a/1.jpg', 30),
      { ...upload('a/2.jpg', 30), type: 'upload.cancelled', data: { type: 'upload.cancelled' } as const },
    ],
  ])('does not fold over %s', (_, first, second) => {
    expect(foldActivity([first, second])).toHaveLength(2);
  });
});
