import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { IndexPage } from '#components/index/index-page.tsx';
import { getIndex } from '#lib/indexing/get-index.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { requireActor } from '../../../current-actor.ts';

export const metadata: Metadata = { title: 'Index' };

/** How fresh the index of each library is; for admins of any library's root. */
export default async function Index() {
  const actor = await requireActor();
  const { libraries } = await listLibraries(actor);
  if (!libraries.some((library) => library.rootRole === 'admin')) notFound();
  return <IndexPage initial={(await getIndex(actor)).libraries} />;
}
