import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { StorePage } from '#components/admin/store-page.tsx';
import { getStore } from '#lib/libraries/get-store.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { requireActor } from '../../../current-actor.ts';

export const metadata: Metadata = { title: 'Store' };

type Props = { searchParams: Promise<{ library?: string | string[] }> };

/** What the store of a library supports; for its admins. Without a library in the address: the first one that they administer. */
export default async function Store({ searchParams }: Props) {
  const actor = await requireActor();
  const wanted = (await searchParams).library;
  const { libraries } = await listLibraries(actor);
  const administered = libraries.filter((library) => library.rootRole === 'admin');
  const library = wanted === undefined ? administered[0] : administered.find(({ slug }) => slug === wanted);
  // Who does not administer it learns nothing about it, not even that it is there.
  if (!library) notFound();
  const { store } = await getStore(actor, { library: library.slug });
  return <StorePage library={library} store={store} />;
}
