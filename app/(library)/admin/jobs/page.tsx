import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { JobsPage } from '#components/jobs/jobs-page.tsx';
import { listJobs } from '#lib/jobs/list-jobs.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { requireActor } from '../../../current-actor.ts';

export const metadata: Metadata = { title: 'Jobs' };

export default async function Jobs() {
  const actor = await requireActor();
  const { libraries } = await listLibraries(actor);
  // Who administers nothing learns nothing about it, not even that there is such a page.
  if (!libraries.some((library) => library.rootRole === 'admin')) notFound();
  return <JobsPage initial={await listJobs(actor, { limit: 50 })} />;
}
