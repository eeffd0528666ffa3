import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { someWorkerLives } from '#lib/jobs/some-worker-lives.ts';
import { probeCapabilities } from '#lib/storage/capabilities.ts';
import { purgesHere } from '#lib/storage/purge-right.ts';
import { requireLibrary } from './require-library.ts';
import type { storeView } from './schema.ts';

/** A probe takes a few seconds; proxies cut silent requests at 30 s or 60 s. */
const probeWithinMs = 25_000;
const pollMs = 250;

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
  return { store: toView(await (purgesHere() ? probeLibraryStore(library.id) : probeInWorker(library.id))) };
}

/** Probes the store of a library and keeps its profile. @throws AppError store_unavailable */
export async function probeLibraryStore(libraryId: bigint) {
  const { bucket, storeId } = await db().library.findUniqueOrThrow({
    where: { id: libraryId },
    select: { bucket: true, storeId: true },
  });
  const capabilities = await probeCapabilities(bucket);
  return db().store.update({ where: { id: storeId }, data: { capabilities, probedAt: new Date() } });
}

/** The probe cleans up after itself, which takes the right to remove versions. */
async function probeInWorker(libraryId: bigint) {
  if (!(await someWorkerLives()))
    throw noProbe('No worker runs, and a probe is a worker’s work. Start one, and try again.');
  const read = async () => {
    const select = { store: true } as const;
    return (await db().library.findUniqueOrThrow({ where: { id: libraryId }, select })).store;
  };
  const before = await read();
  await enqueue(db(), 'probe-store', { libraryId: String(libraryId) }, { jobKey: `probe-store:${libraryId}` });
  for (const deadline = Date.now() + probeWithinMs; Date.now() < deadline; ) {
    await sleep(pollMs);
    const now = await read();
    if (now.probedAt > before.probedAt) return now;
  }
  throw noProbe('The worker did not finish the probe within 25 s. Try again in a minute.');
}

const noProbe = (detail: string) => new AppError('store_unavailable', detail, { retryAfter: 60 });

function toView(store: { endpoint: string; probedAt: Date; capabilities: unknown }): StoreView {
  return {
    endpoint: store.endpoint,
    probedAt: store.probedAt.toISOString(),
    capabilities: store.capabilities as Record<string, unknown>,
  };
}
