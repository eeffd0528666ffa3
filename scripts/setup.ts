/**
 * The part of `npm start` that needs the app's own code: the first library and the first admin. Run with Node 24 after the
 * migrations; harmless when repeated. Prints one line of JSON for the caller, or one line of what to do and exits 1.
 */
import { createFirstAdmin } from '#lib/auth/create-first-admin.ts';
import { closeDb } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { followOwnBucket } from '#lib/follow/follow-own-bucket.ts';
import { storeEndpoint } from '#lib/libraries/own-store.ts';
import { provisionLibrary } from '#lib/libraries/provision-library.ts';
import { ensureRenditionsBucket } from '#lib/storage/renditions-bucket.ts';

async function main(): Promise<void> {
  const { APP_URL, S3_BUCKET, ADMIN_EMAIL, ADMIN_PASSWORD } = env();
  const library = await provisionLibrary({
    endpoint: storeEndpoint(),
    bucket: S3_BUCKET,
    origin: new URL(APP_URL).origin,
    name: 'Media library',
  });
  await followOwnBucket(library.libraryId);
  const { bucket: renditions } = await ensureRenditionsBucket();
  const admin =
    ADMIN_EMAIL && ADMIN_PASSWORD
      ? await createFirstAdmin({
          email: ADMIN_EMAIL,
          password: ADMIN_PASSWORD,
          name: 'Admin',
          libraryId: library.libraryId,
        })
      : null;
  const { headerSmuggling } = library.capabilities;
  console.log(
    JSON.stringify({
      library: library.slug,
      createdBucket: library.createdBucket,
      admin: admin?.created ?? false,
      smuggling: headerSmuggling,
      renditions,
    }),
  );
}

try {
  await main();
} catch (error) {
  console.error(error instanceof AppError ? error.detail : error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
