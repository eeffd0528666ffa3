/**
 * The ransom drill: files are overwritten and deleted straight at the store, restored to the moment before, compared byte by byte, and the
 * restore is undone again. Without options on a Strata of its own that leaves nothing behind; docs/ransom-drill.md tells of the other way.
 *
 *   npx node scripts/drill/ransom-drill.mjs [--overwritten 2000] [--deleted 500] [--untouched 500]
 *   npx node scripts/drill/ransom-drill.mjs --url http://localhost:3000 --library media [--folder ransom-drill/]
 *
 * With --url, STRATA_TOKEN is an API token of an admin of the library, and S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID and
 * S3_SECRET_ACCESS_KEY reach its bucket (--root-prefix when the library lies under one). Exit code 1 when one byte is not as it should be.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { drillStore } from './drill-store.ts';
import { runDrill } from './run-drill.ts';

const { values } = parseArgs({
  options: {
    overwritten: { type: 'string', default: '2000' },
    deleted: { type: 'string', default: '500' },
    untouched: { type: 'string', default: '500' },
    url: { type: 'string' },
    library: { type: 'string' },
    folder: { type: 'string', default: `ransom-drill-${Date.now()}/` },
    'root-prefix': { type: 'string', default: '' },
  },
});
const size = {
  overwritten: Number(values.overwritten),
  deleted: Number(values.deleted),
  untouched: Number(values.untouched),
};
const say = (line) => console.log(`drill: ${line}`);

const report = values.url ? await drillRunning() : await drillThrowaway();
const { restored, undone, faults, files } = report;
const count = (number) => number.toLocaleString('en');
console.log(`
Before ${count(files.before)} files, damaged ${count(files.damaged)}, restored ${count(files.restored)} (to ${report.at})
Restore ${restored.state}: ${count(restored.counts.done)} done, ${restored.counts.conflict} in conflict, ${restored.counts.failed} failed
Undo    ${undone.state}: ${count(undone.counts.done)} done, ${undone.counts.conflict} in conflict, ${undone.counts.failed} failed
Not as before the damage, by SHA-256, type and metadata: ${count(faults.restored.length)}
Not as damaged, after the undo: ${count(faults.undone.length)}`);
for (const fault of [...faults.restored, ...faults.undone].slice(0, 20)) console.log(`  ${fault}`);
process.exit(faults.restored.length + faults.undone.length > 0 ? 1 : 0);

function drill(env, strata) {
  const client = new S3Client({
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION || 'us-east-1',
    forcePathStyle: env.S3_FORCE_PATH_STYLE !== 'false',
    credentials: { accessKeyId: env.S3_ACCESS_KEY_ID, secretAccessKey: env.S3_SECRET_ACCESS_KEY },
  });
  const store = drillStore(client, env.S3_BUCKET);
  const keyOf = (path) => values['root-prefix'] + path;
  return runDrill({ store, strata, folder: values.folder, keyOf, size, say });
}

async function drillRunning() {
  const needed = ['STRATA_TOKEN', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const missing = [...needed.filter((name) => !process.env[name]), ...(values.library ? [] : ['--library'])];
  if (missing.length > 0) {
    console.error(`Not given: ${missing.join(', ')}. See docs/ransom-drill.md.`);
    process.exit(1);
  }
  const { strataByHttp } = await import('./strata-by-http.ts');
  const { url, library } = values;
  return drill(process.env, strataByHttp({ url, library, token: process.env.STRATA_TOKEN }));
}

async function drillThrowaway() {
  const { startThrowawayServices } = await import('../services/throwaway.mjs');
  const { migrateDatabase } = await import('../services/migrate-database.mjs');
  const { migrateQueue } = await import('../services/migrate-queue.mjs');
  const dir = mkdtempSync(join(tmpdir(), 'strata-drill-'));
  const running = await startThrowawayServices({ dir, say });
  try {
    Object.assign(process.env, running.env, { LOG_LEVEL: 'warn' });
    await migrateDatabase(running.env.DATABASE_URL);
    await migrateQueue(running.env.DATABASE_URL);
    // Only now: these read the environment.
    const { makeTestLibrary } = await import('../testing/library.ts');
    const { strataHere } = await import('./strata-here.ts');
    const { closeDb } = await import('../../lib/db.ts');
    const home = await makeTestLibrary();
    const actor = await home.makeActor();
    const env = { ...running.env, S3_BUCKET: home.library.bucket };
    const result = await drill(env, strataHere(home.library, actor));
    await closeDb();
    return result;
  } finally {
    await running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
