/**
 * Drops the index of libraries and lists their buckets anew: after a restore of the database (docs/backup.md), or when an index is broken.
 *
 *   npx node scripts/rebuild-index.mjs [slug …] [--here]
 *
 * Without slugs: every library. The work goes to the worker as a job; with `--here` this process does it and says how far it is. It takes the same
 * environment as the app (DATABASE_URL, S3_*, NEXTAUTH_SECRET).
 */
import { parseArgs } from 'node:util';
import { closeDb, db } from '#lib/db.ts';
import { beginRebuild, prepareRebuild } from '#lib/indexing/rebuild-index.ts';
import { readRunReport } from '#lib/indexing/reconcile/read-run-report.ts';
import { workOnRun } from '#lib/indexing/reconcile/work-on-run.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';

const { values, positionals } = parseArgs({
  options: { here: { type: 'boolean', default: false } },
  allowPositionals: true,
});

async function main() {
  const libraries = await db().library.findMany({
    where: { removedAt: null, ...(positionals.length > 0 ? { slug: { in: positionals } } : {}) },
    orderBy: { id: 'asc' },
    select: { id: true, slug: true },
  });
  const missing = positionals.filter((slug) => !libraries.some((library) => library.slug === slug));
  if (missing.length > 0) throw new Error(`There is no library ${missing.join(', ')}.`);
  for (const { id, slug } of libraries) await rebuild(id, slug);
}

async function rebuild(libraryId, slug) {
  const runId = await db().$transaction(async (tx) => {
    const made = await beginRebuild(tx, libraryId);
    if (!values.here) await enqueue(tx, 'rebuild-index', { runId: String(made) }, { jobKey: `rebuild-index:${made}` });
    return made;
  });
  if (!values.here) {
    console.log(`${slug}: the worker rebuilds it`);
    return;
  }
  await prepareRebuild(runId, undefined, false);
  await workOnRun(runId);
  const { keys, versions } = await readRunReport(runId);
  console.log(`${slug}: ${versions.toLocaleString('en')} versions of ${keys.toLocaleString('en')} names`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
