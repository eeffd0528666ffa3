import type { Metadata } from 'next';
import { CostPage } from '#components/cost/cost-page.tsx';
import { getCost } from '#lib/cost/get-cost.ts';
import { requireActor } from '../../../current-actor.ts';
import { type AdminSearchParams, requireAdministered } from '../require-administered.ts';

export const metadata: Metadata = { title: 'Cost' };

export default async function Cost({ searchParams }: AdminSearchParams) {
  const actor = await requireActor();
  const library = await requireAdministered(actor, searchParams);
  return <CostPage key={library.slug} library={library} initial={await getCost(actor, { library: library.slug })} />;
}
