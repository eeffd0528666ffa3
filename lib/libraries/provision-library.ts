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
import { listVersionsPage } from '#lib/storage/versions.ts';
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
  const made = existed ? await wasBegun(input, known !== null) : await makeBucket(input);
  const capabilities = await probeCapabilities(input.bucket);
  const createdByApp = made || known?.createdByApp === true;
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
            indexedAt: made ? new Date() : null,
          },
        });
    await tx.bucketIntent.deleteMany({ where: placeOf(input) });
    if (library.indexedAt === null) {
      await enqueue(tx, 'index-library', { libraryId: String(library.id) }, { jobKey: `index-library:${library.id}` });
    }
    return { libraryId: library.id, slug: library.slug, createdBucket: made, capabilities };
  });
}

const placeOf = ({ endpoint, bucket }: ProvisionInput) => ({ endpoint, bucket });

/**
 * Versioning before the first object can arrive (DESIGN invariant 3). What is about to be created is written down first.
 * @returns false when somebody else was faster: then it is theirs
 */
async function makeBucket(input: ProvisionInput): Promise<boolean> {
  const place = placeOf(input);
  await db().bucketIntent.upsert({ where: { endpoint_bucket: place }, create: place, update: {} });
  const { created } = await createBucket(input.bucket);
  if (created) await enableVersioning(input.bucket);
  return created;
}

/** Whether a set-up of ours created this bucket and was cut off before its library's row was there. Only an empty one can be. */
async function wasBegun(input: ProvisionInput, hasLibrary: boolean): Promise<boolean> {
  if (hasLibrary) return false;
  const intent = await db().bucketIntent.findUnique({ where: { endpoint_bucket: placeOf(input) } });
  if (!intent) return false;
  const { versions } = await listVersionsPage({ bucket: input.bucket, prefix: '', maxKeys: 1 });
  return versions.length === 0;
}

async function settleBucket({ bucket, origin }: ProvisionInput, capabilities: StoreCapabilities): Promise<void> {
  if (capabilities.versioning.supported) await enableVersioning(bucket);
  if (capabilities.encryptionAes256.supported) await putDefaultEncryption(bucket, wantedEncryption());
  if (capabilities.bucketCors.supported) await putCors(bucket, origin);
}
