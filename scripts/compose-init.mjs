/**
 * What has to be done once before web and worker run, in docker-compose.yml or by any other deployment with a MinIO of its
 * own: identities at the store, migrations, the first library, the first admin. Harmless when repeated. Needs Node 24.
 * With STORE_ROOT_USER and STORE_ROOT_PASSWORD unset (AWS) the identities are left to whoever manages them.
 */
import { checkDatabase } from './services/database.mjs';
import { describeFailure, StartFailure } from './services/failure.mjs';
import { migrateDatabase } from './services/migrate-database.mjs';
import { migrateQueue } from './services/migrate-queue.mjs';
import { ensureIdentities } from './services/minio.mjs';
import { runSetup } from './services/prepare.mjs';

try {
  const {
    DATABASE_URL: url,
    S3_ENDPOINT: endpoint,
    STORE_ROOT_USER: user,
    STORE_ROOT_PASSWORD: password,
  } = process.env;
  if (!url) throw new StartFailure('DATABASE_URL is not set.', 'Give a Postgres connection string.');
  await checkDatabase(url);
  if (user && password) {
    await ensureIdentities({
      endpoint,
      secrets: {
        storeRootUser: user,
        storeRootPassword: password,
        storeAppSecret: process.env.S3_SECRET_ACCESS_KEY,
        storeUploadSecret: process.env.S3_UPLOAD_SECRET_ACCESS_KEY,
        storePurgeSecret: process.env.S3_PURGE_SECRET_ACCESS_KEY,
        storeGuardSecret: process.env.STORE_GUARD_SECRET,
      },
    });
    console.log('strata: the store has its three identities');
  }
  const applied = await migrateDatabase(url);
  await migrateQueue(url);
  console.log(`strata: database migrated${applied.length > 0 ? `: ${applied.join(', ')}` : ', nothing was pending'}`);
  const { library, createdBucket, admin } = await runSetup({});
  console.log(
    `strata: library "${library}" ${createdBucket ? 'created' : 'found'}, first admin ${admin ? 'created' : 'was there'}`,
  );
  process.exit(0); // the migration engine leaves a timer of 10 s behind
} catch (error) {
  console.error(describeFailure(error));
  process.exit(1);
}
