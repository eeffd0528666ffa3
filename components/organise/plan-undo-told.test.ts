import { expect, it } from 'vitest';
import { planUndoTold, type UndoResult } from './plan-undo-told.ts';

const done = (id: string, total: number, conflictCount: number): UndoResult => ({
  ok: true,
  kind: 'operation',
  id,
  operation: null,
  preview: { total, conflictCount, conflicts: [], samples: [] },
});

it('adds up what can be undone, and keeps apart what cannot', () => {
  const refused: UndoResult = {
    ok: false,
    kind: 'upload',
    id: 'u',
    error: { code: 'forbidden', detail: 'Not yours.' },
  };
  expect(planUndoTold([done('1', 12, 2), done('2', 3, 3), refused])).toMatchObject({
    possible: 1,
    files: 10,
    conflicts: 5,
    rows: [
      { id: '1', reason: null, conflictCount: 2 },
      { id: '2', reason: null, conflictCount: 3 },
      { id: 'u', reason: 'Not yours.' },
    ],
  });
});
