import type * as z from 'zod';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { probeCapabilities } from '#lib/storage/capabilities.ts';
import { requireLibrary } from './require-library.ts';
import type { storeView } from './schema.ts';

type StoreView = z.infer<typeof storeView>;

/** What the store of a library supports, as last probed. @throws AppError not_found, forbidden */
export async function getStore(actor: Actor, input: { library: string }): Promise<{ store: StoreView }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const { store } = await db().library.findUniqueOrThrow({ where: { id: library.id }, select: { store: true } });
  return { store: toView(store) };
}

/** Probes again and keeps the answer. @throws AppError not_found, forbidden, store_unavailable (the old profile stays) */
export async function probeStore(actor: Actor, input: { library: string }): Promise<{ store: StoreView }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const capabilities = await probeCapabilities(library.bucket);
  const { storeId } = await db().library.findUniqueOrThrow({ where: { id: library.id }, select: { storeId: true } });
  return {
    store: toView(await db().store.update({ where: { id: storeId }, data: { capabilities, probedAt: new Date() } })),
  };
}

function toView(store: { endpoint: string; probedAt: Date; capabilities: unknown }): StoreView {
  return {
    endpoint: store.endpoint,
    probedAt: store.probedAt.toISOString(),
    capabilities: store.capabilities as Record<string, unknown>,
  };
}
