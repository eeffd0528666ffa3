import { expect, it } from 'vitest';
import { planUndoTold, type UndoResult, undoneWords } from './plan-undo-told.ts';

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

const ended = (state: 'succeeded' | 'partial' | 'failed', conflict: number) => ({
  state,
  counts: { total: 5, pending: 0, done: 5 - conflict, skipped: 0, conflict, failed: 0 },
});

it.each([
  [[ended('succeeded', 0), ended('succeeded', 0)], '2 changes undone'],
  [[ended('succeeded', 0), ended('partial', 1)], '2 changes undone, except 1 file.'],
  [[ended('partial', 2), ended('partial', 1)], '2 changes undone, except 3 files.'],
  [[ended('succeeded', 0), ended('failed', 5)], '1 of 2 changes undone.'],
  [[ended('succeeded', 0), null], '1 of 2 changes undone.'],
])('tells what became of them: %#', (states, title) => {
  const results = states.map(
    (one, at): UndoResult =>
      one
        ? done(String(at), 5, 0)
        : {
            ok: false,
            kind: 'operation',
            id: String(at),
            error: { code: 'wrong_state', detail: 'It was undone already.' },
          },
  );
  expect(undoneWords(results, states).title).toBe(title);
});
