import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AdoptPage } from '#components/index/adopt-page.tsx';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { requireActor } from '../../../../current-actor.ts';

export const metadata: Metadata = { title: 'Add a library' };

export default async function AddLibrary() {
  const { libraries } = await listLibraries(await requireActor());
  if (!libraries.some((library) => library.rootRole === 'admin')) notFound();
  return <AdoptPage />;
}
