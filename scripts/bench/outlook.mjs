/**
 * What lifecycle rules will do and what a library costs, over all of its versions: `npx node scripts/bench/outlook.mjs [--versions 1000000]`.
 * Makes a throwaway Postgres with five versions a file, a million finished uploads and a million changed files. Prints how long the dry run and the
 * forecast take part by part, as the page counts them, under one rule and under all templates with folders of their own, and how long the
 * worker measures. Goal: seconds. Rules by tags need the store and are not here: each version's tags are a request.
 */
import { parseArgs } from 'node:util';
import { startBenchDatabase } from './bench-database.mjs';
import { fillManyVersions, perFile } from './many-versions.mjs';

const { values } = parseArgs({ options: { versions: { type: 'string', default: '1000000' } } });
const versions = Number(values.versions);
const database = await startBenchDatabase();

try {
  const { db, closeDb } = await import('../../lib/db.ts');
  const { countRequests } = await import('../../lib/cost/count-requests.ts');
  const { readUsage } = await import('../../lib/cost/read-usage.ts');
  const { countForecast } = await import('../../lib/cost/count-forecast.ts');
  const { pricesUsEast1: prices } = await import('../../lib/cost/prices-us-east-1.ts');
  const { compileRules } = await import('../../lib/lifecycle/compile-rules.ts');
  const { countDryRun } = await import('../../lib/lifecycle/count-dry-run.ts');

  const library = await fillManyVersions(db(), Math.floor(versions / perFile), 100);
  await fillRecords(db(), library.id, versions);
  console.log(`${versions.toLocaleString('en')} versions, as many uploads and changed files`);

  const rule = (ID, prefix, actions) => ({ ID, Status: 'Enabled', Filter: { Prefix: prefix }, ...actions });
  const cool = [
    { Days: 30, StorageClass: 'STANDARD_IA' },
    { Days: 90, StorageClass: 'GLACIER' },
    { Days: 365, StorageClass: 'DEEP_ARCHIVE' },
  ];
  const old = { NoncurrentVersionExpiration: { NoncurrentDays: 90, NewerNoncurrentVersions: 3 } };
  const sets = {
    'one rule': [rule('media', '', { Transitions: cool })],
    'twelve rules': [
      rule('media', '', { Transitions: cool, ...old }),
      ...Array.from({ length: 10 }, (_, n) => rule(`folder ${n}`, `d00${n}`, { Expiration: { Days: 400 + n } })),
      rule('small', '', { Filter: { ObjectSizeLessThan: 100 }, Expiration: { Days: 10 } }),
    ],
  };
  for (const [name, stored] of Object.entries(sets)) {
    const rules = compileRules(stored);
    await inParts(`dry run, ${name}`, (cursor) => countDryRun(library, rules, { cursor, minimumSize: 'none' }));
    await inParts(`forecast, ${name}`, (cursor) =>
      countForecast(library, { asIs: [], withRules: rules }, { cursor, minimumSize: 'none', prices }),
    );
  }
  await once('the worker measures versions', () => readUsage(library.id, prices));
  await once('and counts requests', () => countRequests(library.id));
  await closeDb();
} finally {
  await database.stop();
}

async function inParts(what, part) {
  const from = performance.now();
  let longest = 0;
  let parts = 0;
  let cursor;
  do {
    const start = performance.now();
    cursor = (await part(cursor)).nextCursor ?? undefined;
    longest = Math.max(longest, performance.now() - start);
    parts += 1;
  } while (cursor);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${what.padEnd(30)} ${seconds} s in ${parts} parts, the longest ${Math.round(longest)} ms`);
}

async function once(what, call) {
  const from = performance.now();
  await call();
  console.log(`${what.padEnd(30)} ${((performance.now() - from) / 1000).toFixed(1)} s`);
}

/** Uploads and changes of the last 40 days, a thousand files a change; by pieces, since a statement ends after 30 s (lib/db.ts). */
async function fillRecords(db, libraryId, count) {
  const { id: userId } = await db.user.create({ data: { email: 'bench@strata.local', name: 'Bench' } });
  const piece = 100_000;
  for (let from = 1; from <= count; from += piece) {
    await db.$executeRaw`
      INSERT INTO "Upload" ("id", "libraryId", "userId", "key", "path", "size", "contentType", "kind", "partCount", "ifExists", "state",
                            "versionId", "createdAt", "updatedAt", "expiresAt", "completedAt")
      SELECT gen_random_uuid(), ${libraryId}, ${userId}, 'k' || n, 'k' || n, 1000, 'image/jpeg',
             (CASE WHEN n % 50 = 0 THEN 'multipart' ELSE 'single' END)::"UploadKind", CASE WHEN n % 50 = 0 THEN 12 END, 'fail', 'completed',
             'v' || n, t.at, t.at, t.at, t.at
      FROM generate_series(${from}::int, ${Math.min(from + piece - 1, count)}::int) AS n
      CROSS JOIN LATERAL (SELECT now() - (n % 40) * interval '1 day' AS at) AS t`;
    await db.$executeRaw`
      WITH made AS (
        INSERT INTO "Operation" ("libraryId", "userId", "type", "state", "params", "plan", "createdAt", "finishedAt")
        SELECT ${libraryId}, ${userId}, 'move', 'succeeded', '{}', '{}', t.at, t.at
        FROM generate_series(1, ${Math.ceil(Math.min(piece, count - from + 1) / 1000)}::int) AS n
        CROSS JOIN LATERAL (SELECT now() - (n % 40) * interval '1 day' AS at) AS t
        RETURNING "id", "finishedAt"
      )
      INSERT INTO "OperationItem" ("operationId", "position", "key", "path", "state", "step", "finishedAt")
      SELECT made."id", n, 'k' || n, 'k' || n, 'done', '{"kind": "copy-to"}', made."finishedAt"
      FROM made CROSS JOIN generate_series(1, 1000) AS n`;
  }
  await db.$executeRawUnsafe('VACUUM (ANALYZE) "Upload", "Operation", "OperationItem"');
}
