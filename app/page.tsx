import { Library } from 'lucide-react';
import { redirect } from 'next/navigation';
import { EmptyState } from '#components/ui/empty-state.tsx';
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
      <EmptyState icon={<Library />} title="Nothing is granted to you yet">
        You are signed in as {actor.email}. An admin gives you a folder or a whole library; then it is here.
      </EmptyState>
    </main>
  );
}
