import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PeoplePage } from '#components/people/people-page.tsx';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { listPeople } from '#lib/people/list-people.ts';
import { requireActor } from '../../../current-actor.ts';

export const metadata: Metadata = { title: 'People' };

export default async function Users() {
  const actor = await requireActor();
  const { libraries } = await listLibraries(actor);
  const administered = libraries.filter((library) => library.rootRole === 'admin');
  // Who administers nothing learns nothing about people, not even that there is such a page.
  if (administered.length === 0) notFound();
  const initial = await listPeople(actor, { limit: 100 });
  return <PeoplePage initial={initial} libraries={administered.map(({ slug, name }) => ({ slug, name }))} />;
}
