/** One run of the upload sweep in a process of its own, for tests that kill it in the middle. */
import { closeDb } from '#lib/db.ts';
import { sweepUploads } from '#lib/uploads/sweep-uploads.ts';

process.stdout.write('sweeping\n');
await sweepUploads();
await closeDb();
