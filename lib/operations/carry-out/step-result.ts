import type { Tx } from '#lib/db.ts';
import type { ErrorCode } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { OperationStep, StepOutcome } from '../steps.ts';

/** An item that was carried out, for what is written with it. */
export type Recorded = { path: string; step: OperationStep; outcome: StepOutcome | null };
/** Rows of ours that belong to outcomes, written in the transaction that journals them. Returns the outcomes as they are kept, in the same order. */
export type Recorder = (
  tx: Tx,
  run: { operationId: bigint; library: LibraryContext },
  items: Recorded[],
) => Promise<(StepOutcome | null)[]>;

export type StepResult =
  /** `outcome` null: it cannot be undone. */
  | { state: 'done'; outcome: StepOutcome | null; versionId: string | null; record?: Recorder }
  | { state: 'skipped' }
  /** Nothing was changed: the source is being thawed, and is looked at again then. */
  | { state: 'waits'; until: Date }
  /** `outcome` when something was done nevertheless, so that undo can take it back. */
  | { state: 'conflict'; code: ErrorCode; detail: string; outcome?: StepOutcome; versionId?: string | null };

export function conflict(code: ErrorCode, detail: string): StepResult {
  return { state: 'conflict', code, detail };
}
