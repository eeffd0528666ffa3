import { runOperation } from '#lib/operations/run-operation.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export async function run(payload: JobPayloads['run-operation'], helpers: TaskHelpers): Promise<void> {
  await runOperation(BigInt(payload.operationId), helpers.signal);
}
