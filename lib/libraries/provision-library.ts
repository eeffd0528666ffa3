import { db } from '#lib/db.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { putCors } from '#lib/storage/bucket-cors.ts';
import {
  bucketExists,
  createBucket,
  enableVersioning,
  getVersioning,
  putDefaultEncryption,
} from '#lib/storage/buckets.ts';
import { probeCapabilities } from '#lib/storage/capabilities.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import type { StoreCapabilities } from '#lib/storage/types.ts';
import { suggestSlug } from './plan-root.ts';

export type ProvisionInput = {
  /** Address of the store as the server sees it; "aws:<region>" without an own endpoint. */
  endpoint: string;
  bucket: string;
  /** The app's origin, for CORS where the store has it by bucket. */
  origin: string;
  name: string;
};
export type Provisioned = { libraryId: bigint; slug: string; createdBucket: boolean; capabilities: StoreCapabilities };

/**
 * Makes the first library: a bucket that is not there is created with versioning before anything else, default encryption and CORS;
 * one that was there is probed and left exactly as it is (DESIGN section 8). Safe to run at every start.
 * @throws AppError store_unavailable when the store is away or the key is refused
 */
export async function provisionLibrary(input: ProvisionInput): Promise<Provisioned> {
  const existed = await bucketExists(input.bucket);
  const known = await db().library.findFirst({
    where: { bucket: input.bucket, rootPrefix: '', store: { endpoint: input.endpoint } },
  });
  if (!existed) await makeBucket(input.bucket);
  const capabilities = await probeCapabilities(input.bucket);
  // A start that was cut off after creating the bucket goes on here: `createdByApp` is kept from then.
  const createdByApp = known ? known.createdByApp || !existed : !existed;
  if (createdByApp) await settleBucket(input, capabilities);
  const versioning = await getVersioning(input.bucket);

  return db().$transaction(async (tx) => {
    const probed = { capabilities, probedAt: new Date() };
    const store = await tx.store.upsert({
      where: { endpoint: input.endpoint },
      create: { endpoint: input.endpoint, ...probed },
      update: probed,
    });
    const library = known
      ? await tx.library.update({ where: { id: known.id }, data: { versioning, createdByApp } })
      : await tx.library.create({
          data: {
            slug: suggestSlug(input.bucket),
            name: input.name,
            storeId: store.id,
            bucket: input.bucket,
            createdByApp,
            versioning,
            // An empty bucket that we just made needs no listing: the index agrees with it.
            indexedAt: existed ? null : new Date(),
          },
        });
    if (library.indexedAt === null) {
      await enqueue(tx, 'index-library', { libraryId: String(library.id) }, { jobKey: `index-library:${library.id}` });
    }
    return { libraryId: library.id, slug: library.slug, createdBucket: !existed, capabilities };
  });
}

/** Versioning before the first object can arrive (DESIGN invariant 3). */
async function makeBucket(bucket: string): Promise<void> {
  await createBucket(bucket);
  await enableVersioning(bucket);
}

async function settleBucket({ bucket, origin }: ProvisionInput, capabilities: StoreCapabilities): Promise<void> {
  if (capabilities.versioning.supported) await enableVersioning(bucket);
  if (capabilities.encryptionAes256.supported) await putDefaultEncryption(bucket, wantedEncryption());
  if (capabilities.bucketCors.supported) await putCors(bucket, origin);
}
