import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActivityPage } from '#components/activity/activity-page.tsx';
import { listActivity } from '#lib/audit/list-activity.ts';
import { listActors } from '#lib/audit/list-actors.ts';
import { AppError } from '#lib/errors.ts';
import { requireActor } from '../../../current-actor.ts';

export const metadata: Metadata = { title: 'Activity' };

type Query = Record<'by' | 'type' | 'path', string | string[] | undefined>;

export default async function Activity({
  params,
  searchParams,
}: {
  params: Promise<{ library: string }>;
  searchParams: Promise<Query>;
}) {
  const actor = await requireActor();
  const { library } = await params;
  const query = await searchParams;
  const one = (name: keyof Query) => (typeof query[name] === 'string' && query[name] !== '' ? query[name] : null);
  const filters = { by: one('by'), type: one('type'), path: one('path') };
  try {
    const [first, people] = await Promise.all([
      listActivity(actor, {
        library,
        by: filters.by ?? undefined,
        type: filters.type ?? undefined,
        path: filters.path ?? undefined,
      }),
      listActors(actor, library),
    ]);
    return (
      <ActivityPage
        key={library}
        library={library}
        people={people}
        first={first}
        firstFilters={filters}
        at={Date.now()}
      />
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
