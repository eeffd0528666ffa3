/** A process of its own that runs one operation, so that a test can kill it in the middle: `node run-one-operation.ts <id>`. */
import { closeDb } from '#lib/db.ts';
import { runOperation } from '#lib/operations/run-operation.ts';

await runOperation(BigInt(String(process.argv[2])));
await closeDb();
