import type * as z from 'zod';
import type { RoleName } from '#lib/auth/actor.ts';
import type { PlanSummary } from './plan-summary.ts';
import type { itemState, OperationParams, OperationTypeName, operationState } from './schema.ts';

export type OperationState = z.infer<typeof operationState>;
export type ItemState = z.infer<typeof itemState>;

/** The columns of `Operation` that features read, with the shapes of its JSON. */
export type StoredOperation = {
  id: bigint;
  libraryId: bigint;
  userId: bigint;
  type: OperationTypeName;
  state: OperationState;
  /** `selected`: of a restore to a moment, the files and folders that were chosen, when they are few. */
  params: OperationParams & { role: RoleName; selected?: string[] };
  plan: PlanSummary;
  undoOfId: bigint | null;
  errorDetail: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  pausedAt: Date | null;
  waitsUntil: Date | null;
};
