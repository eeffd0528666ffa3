import { notFound } from 'next/navigation';
import type { Actor } from '#lib/auth/actor.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';

export type AdminSearchParams = { searchParams: Promise<{ library?: string | string[] }> };

/**
 * The library that an admin page is about: the one in the address, else the first one that the actor administers.
 * Who does not administer it learns nothing about it, not even that it is there.
 */
export async function requireAdministered(
  actor: Actor,
  searchParams: AdminSearchParams['searchParams'],
): Promise<LibraryView> {
  const wanted = (await searchParams).library;
  const { libraries } = await listLibraries(actor);
  const administered = libraries.filter((library) => library.rootRole === 'admin');
  const library = wanted === undefined ? administered[0] : administered.find(({ slug }) => slug === wanted);
  return library ?? notFound();
}
