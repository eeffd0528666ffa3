import type { Metadata } from 'next';
import { StorePage } from '#components/admin/store-page.tsx';
import { getStore } from '#lib/libraries/get-store.ts';
import { requireActor } from '../../../current-actor.ts';
import { type AdminSearchParams, requireAdministered } from '../require-administered.ts';

export const metadata: Metadata = { title: 'Store' };

/** What the store of a library supports; for its admins. */
export default async function Store({ searchParams }: AdminSearchParams) {
  const actor = await requireActor();
  const library = await requireAdministered(actor, searchParams);
  const { store } = await getStore(actor, { library: library.slug });
  return <StorePage library={library} store={store} />;
}
