import { redirect } from 'next/navigation';
import { NothingGranted } from '#components/auth/nothing-granted.tsx';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { requireActor } from './current-actor.ts';

/** Goes to the first library; somebody without any grant is told so. */
export default async function Home() {
  const actor = await requireActor();
  const { libraries } = await listLibraries(actor);
  const [first] = libraries;
  if (first) redirect(`/browse/${first.slug}`);
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">Strata</h1>
      <NothingGranted email={actor.email} />
    </main>
  );
}
