import type { Actor, ActorGrant } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';
import { probeCapabilities } from '#lib/storage/capabilities.ts';
import { makeTestBucket } from './store.ts';

export type TestLibrary = {
  library: LibraryContext;
  /** A new person with these grants in this library; the default is admin of its root. */
  makeActor: (grants?: Omit<ActorGrant, 'libraryId'>[], name?: string) => Promise<Actor>;
  /** Drops the rows that a reconcile makes again, as a lost index would be. */
  dropIndex: () => Promise<void>;
  /** Removes exactly what this helper made, in the database and in the store. */
  remove: () => Promise<void>;
};

/** Fails with one clear sentence when the test database is not there, or is not a local one. */
export function requireTestDatabase(): void {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('These tests need Postgres. Run them with `npm test`; DATABASE_URL is not set.');
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)) {
    throw new Error('These tests run against a local database only.');
  }
}

/** A library on a fresh versioned bucket of the test store, whose index agrees with it: both are empty. */
export async function makeTestLibrary(options: { rootPrefix?: string } = {}): Promise<TestLibrary> {
  requireTestDatabase();
  const { bucket, remove: removeBucket } = await makeTestBucket();
  const endpoint = String(process.env.S3_ENDPOINT);
  const found = await db().store.findUnique({ where: { endpoint } });
  const capabilities = found?.capabilities ?? (await probeCapabilities(bucket));
  const store = await db().store.upsert({
    where: { endpoint },
    create: { endpoint, capabilities, probedAt: new Date() },
    update: {},
  });
  const row = await db().library.create({
    data: {
      slug: bucket.slice(0, 63),
      name: bucket,
      storeId: store.id,
      bucket,
      rootPrefix: options.rootPrefix ?? '',
      createdByApp: true,
      versioning: 'enabled',
      indexedAt: new Date(),
    },
  });
  const library = await requireLibraryById(row.id);
  const userIds: bigint[] = [];
  return {
    library,
    makeActor: async (grants = [{ prefix: '', role: 'admin' }], name = 'Test Person') => {
      const user = await db().user.create({ data: { email: `${crypto.randomUUID()}@test.invalid`, name } });
      userIds.push(user.id);
      await db().grant.createMany({ data: grants.map((grant) => ({ ...grant, userId: user.id, libraryId: row.id })) });
      const withLibrary = grants.map((grant) => ({ ...grant, libraryId: row.id }));
      return { userId: user.id, name, email: user.email, via: 'session', sessionId: null, grants: withLibrary };
    },
    dropIndex: async () => {
      await db().$transaction(indexRows(row.id));
    },
    remove: async () => {
      await removeLibraryRows(row.id, userIds);
      await removeBucket();
    },
  };
}

/** Everything that the database holds of a library. */
export async function removeLibraryRows(libraryId: bigint, userIds: bigint[] = []): Promise<void> {
  const where = { libraryId };
  await db().$transaction([
    ...indexRows(libraryId),
    db().change.deleteMany({ where }),
    db().auditEvent.deleteMany({ where }),
    db().upload.deleteMany({ where }),
    db().move.deleteMany({ where }),
    db().tag.deleteMany({ where }),
    db().settingsChange.deleteMany({ where }),
    db().$executeRaw`UPDATE "Operation" SET "undoOfId" = NULL WHERE "libraryId" = ${libraryId}`,
    db().operation.deleteMany({ where }),
    db().grant.deleteMany({ where }),
    db().library.deleteMany({ where: { id: libraryId } }),
    db().user.deleteMany({ where: { id: { in: userIds } } }),
  ]);
}

const indexRows = (libraryId: bigint) => [
  db().version.deleteMany({ where: { asset: { libraryId } } }),
  db().asset.deleteMany({ where: { libraryId } }),
  db().folderDelta.deleteMany({ where: { libraryId } }),
  db().mediaInfo.deleteMany({ where: { libraryId } }),
  db().rendition.deleteMany({ where: { libraryId } }),
  db().$executeRaw`DELETE FROM "Folder" WHERE "libraryId" = ${libraryId}`,
];
