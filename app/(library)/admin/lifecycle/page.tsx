import type { Metadata } from 'next';
import { LifecyclePage } from '#components/lifecycle/lifecycle-page.tsx';
import { getCost } from '#lib/cost/get-cost.ts';
import { getLibraryLifecycle } from '#lib/lifecycle/get-library-lifecycle.ts';
import { requireActor } from '../../../current-actor.ts';
import { type AdminSearchParams, requireAdministered } from '../require-administered.ts';

export const metadata: Metadata = { title: 'Lifecycle' };

export default async function Lifecycle({ searchParams }: AdminSearchParams) {
  const actor = await requireActor();
  const library = await requireAdministered(actor, searchParams);
  const input = { library: library.slug };
  const [{ lifecycle }, { cost, prices }] = await Promise.all([
    getLibraryLifecycle(actor, input),
    getCost(actor, input),
  ]);
  return (
    <LifecyclePage
      key={library.slug}
      library={library}
      initial={lifecycle}
      prices={prices}
      running={cost?.running ?? null}
    />
  );
}
