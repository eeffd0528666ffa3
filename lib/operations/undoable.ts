import type { OperationState } from './stored-types.ts';

export type UndoAttempt = { id: bigint; state: OperationState; finishedAt: Date | null };

const ended = new Set<OperationState>(['succeeded', 'partial', 'failed', 'cancelled']);

/** The undo that counts: the newest one that took something back, or still may. */
export function effectiveUndo<T extends UndoAttempt>(attempts: T[]): T | null {
  const tried = attempts.filter((attempt) => attempt.state !== 'failed' && attempt.state !== 'planned');
  return tried.reduce<T | null>((newest, one) => (newest && newest.id > one.id ? newest : one), null);
}

/**
 * Whether there is something to take back: it has ended, it left something behind, and no undo has taken all of it back.
 * A failed undo changes nothing about that; a partial one may be tried again for what is left.
 */
export function isUndoable(state: OperationState, outcomes: number, attempts: UndoAttempt[]): boolean {
  if (!ended.has(state) || outcomes === 0) return false;
  const undo = effectiveUndo(attempts);
  return undo === null || undo.state === 'partial' || undo.state === 'cancelled';
}
