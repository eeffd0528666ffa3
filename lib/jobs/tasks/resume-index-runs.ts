import { resumeIndexRuns } from '#lib/indexing/reconcile/resume-index-runs.ts';

export async function run(): Promise<void> {
  await resumeIndexRuns();
}
