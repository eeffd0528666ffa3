import type { OperationState } from './stored-types.ts';

/** Items in each state → what the operation came to. */
export function endState(counts: ReadonlyMap<string, number>): OperationState {
  const of = (state: string) => counts.get(state) ?? 0;
  if (of('pending') + of('running') > 0) return 'cancelled';
  if (of('conflict') + of('failed') === 0) return 'succeeded';
  return of('done') + of('skipped') > 0 ? 'partial' : 'failed';
}
