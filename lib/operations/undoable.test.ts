import { describe, expect, it } from 'vitest';
import { endState } from './end-state.ts';
import { effectiveUndo, isUndoable } from './undoable.ts';

const undo = (
  id: number,
  state: 'planned' | 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'cancelled',
) => ({ id: BigInt(id), state, finishedAt: null });

describe('isUndoable', () => {
  it.each([
    ['succeeded', 3, [], true],
    ['partial', 1, [], true],
    ['cancelled', 1, [], true],
    ['failed', 1, [], true],
    ['succeeded', 0, [], false],
    ['planned', 0, [], false],
    ['queued', 1, [], false],
    ['running', 1, [], false],
    ['succeeded', 3, [undo(5, 'succeeded')], false],
    ['succeeded', 3, [undo(5, 'running')], false],
    ['succeeded', 3, [undo(5, 'queued')], false],
    ['succeeded', 3, [undo(5, 'failed')], true],
    ['succeeded', 3, [undo(5, 'partial')], true],
    ['succeeded', 3, [undo(5, 'cancelled')], true],
    ['succeeded', 3, [undo(5, 'partial'), undo(6, 'succeeded')], false],
    ['succeeded', 3, [undo(6, 'succeeded'), undo(5, 'partial')], false],
    ['succeeded', 3, [undo(5, 'partial'), undo(6, 'failed')], true],
  ] as const)('%s with %i outcomes and undos', (state, outcomes, attempts, expected) => {
    expect(isUndoable(state, outcomes, [...attempts])).toBe(expected);
  });

  it('names the newest undo that did something', () => {
    expect(effectiveUndo([undo(5, 'partial'), undo(6, 'failed')])?.id).toBe(5n);
    expect(effectiveUndo([undo(6, 'failed')])).toBeNull();
  });
});

describe('endState', () => {
  it.each([
    [{ done: 3 }, 'succeeded'],
    [{ skipped: 3 }, 'succeeded'],
    [{}, 'succeeded'],
    [{ done: 3, conflict: 1 }, 'partial'],
    [{ skipped: 1, failed: 1 }, 'partial'],
    [{ failed: 1, conflict: 1 }, 'failed'],
    [{ done: 1, pending: 1 }, 'cancelled'],
    [{ running: 1 }, 'cancelled'],
  ])('%j', (counts, state) => {
    expect(endState(new Map(Object.entries(counts)))).toBe(state);
  });
});
