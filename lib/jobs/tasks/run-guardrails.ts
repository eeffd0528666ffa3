import { runGuardrails } from '#lib/guardrails/run-guardrails.ts';
import type { JobPayloads } from '../definitions.ts';

export async function run(payload: JobPayloads['run-guardrails']): Promise<void> {
  await runGuardrails(BigInt(payload.runId));
}
