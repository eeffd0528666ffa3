/** `node scripts/migrate.mjs` (Node 24): brings the database named by DATABASE_URL to the newest migration, app and job queue. */
import { describeFailure, StartFailure } from './services/failure.mjs';
import { migrateDatabase } from './services/migrate-database.mjs';
import { migrateQueue } from './services/migrate-queue.mjs';

try {
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new StartFailure('DATABASE_URL is not set.', 'Start with `npm start`, or give a Postgres connection string.');
  const applied = await migrateDatabase(url);
  await migrateQueue(url);
  console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'the database is up to date');
  process.exit(0); // the engine leaves a timer of 10 s behind
} catch (error) {
  console.error(describeFailure(error));
  process.exit(1);
}
