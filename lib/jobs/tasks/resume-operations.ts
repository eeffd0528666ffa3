import { resumeOperations } from '#lib/operations/resume-operations.ts';

export async function run(): Promise<void> {
  await resumeOperations();
}
