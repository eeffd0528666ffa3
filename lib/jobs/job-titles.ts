import type { JobName } from './definitions.ts';

/** What each job does, in words for people. */
const titles: Record<JobName, string> = {
  'sweep-uploads': 'Clean up unfinished uploads',
  'settle-upload': 'Remove what a refused upload left',
  'probe-store': 'Find out what the store can do',
  'run-operation': 'Carry out a change',
  'resume-operations': 'Take up interrupted changes',
  'index-library': 'Begin to compare with the bucket',
  'reconcile-library': 'Compare with the bucket',
  'rebuild-index': 'Drop an index and build it anew',
  'drop-index': 'Drop the index of a removed library',
  'resume-index-runs': 'Take up interrupted comparisons',
  'repair-drift': 'Repair what a comparison found',
  'check-libraries': 'Start the hourly comparison',
  'sync-key': 'Look at a file that changed in the bucket',
  'measure-usage': 'Measure what a library holds',
  'measure-all-usage': 'Measure all libraries',
  'run-guardrails': 'Look at the guardrails',
  'check-guardrails': 'Look at the guardrails of all libraries',
  inspect: 'Find out what a file is',
  'inspect-copies': 'Find out what copied files are',
  'make-preview': 'Make the large picture',
  'remove-renditions': 'Remove pictures of what is gone',
  'rebuild-renditions': 'Inspect a library again',
  'prepare-renditions': 'Prepare the thumbnails of a library',
  'prune-changes': 'Forget old notes of changes, and plans nobody started',
};

/** Its name stands in for a job of another version of Strata. */
export function jobTitle(job: string): string {
  return Object.hasOwn(titles, job) ? titles[job as JobName] : job;
}
