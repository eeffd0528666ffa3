import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { reconcileLibrary } from '#lib/indexing/reconcile/reconcile-library.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { putBytes, putFolderMarker } from '#lib/storage/objects.ts';
import { migrateQueue } from '#scripts/services/migrate-queue.mjs';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { makeOwnDatabase, type OwnDatabase, runNode } from '#scripts/testing/own-database.ts';
import { type DumpServer, startDumpServer } from '#scripts/testing/postgres-tools.ts';
import { readIndex } from '#scripts/testing/read-index.ts';

/** The commands of docs/backup.md themselves are run, so that what is documented is what works. */
const commands = [
  ...readFileSync(join(import.meta.dirname, '../docs/backup.md'), 'utf8').matchAll(/```bash\n(.*?)```/gs),
].map(([, command]) => command as string);
const [dump, restore] = commands;

let dumpServer: DumpServer;
let original: OwnDatabase;
let restored: OwnDatabase;
let test: TestLibrary;
const dir = mkdtempSync(join(tmpdir(), 'strata-backup-'));
const backup = join(dir, 'strata.dump');

beforeAll(async () => {
  dumpServer = await startDumpServer(String(process.env.DATABASE_URL));
  original = await makeOwnDatabase({ server: dumpServer.server });
  // Before the first call to the database, whose address is read once.
  process.env.DATABASE_URL = original.url;
  await migrateQueue(original.url);
  test = await makeTestLibrary();
}, 120_000);
afterAll(async () => {
  await test?.remove();
  await closeDb();
  await restored?.remove();
  await original?.remove();
  await dumpServer?.stop();
  rmSync(dir, { recursive: true, force: true });
});

function shell(command: string | undefined, url: string): void {
  if (!command) throw new Error('docs/backup.md has no such command.');
  const env = {
    ...process.env,
    PATH: `${dumpServer.tools}${delimiter}${process.env.PATH}`,
    DATABASE_URL: url,
    BACKUP: backup,
  };
  execFileSync('sh', ['-euc', command], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Every row of every table of the records. When the index last agreed is another matter. */
async function records(database: OwnDatabase): Promise<Record<string, unknown[]>> {
  const schema = readFileSync(join(import.meta.dirname, '../prisma/schema.prisma'), 'utf8');
  const models = [...schema.matchAll(/^\/\/\/ RECORD\.[^\n]*\n(?:\/\/\/[^\n]*\n)*model (\w+) \{(.*?)^\}/gms)];
  const found: Record<string, unknown[]> = {};
  for (const [, model, body] of models) {
    const table = /@@map\("(\w+)"\)/.exec(body as string)?.[1] ?? model;
    const rows = await database.query<{ row: object }>(
      `SELECT to_jsonb(t) - 'indexedAt' AS "row" FROM "${table}" t ORDER BY to_jsonb(t)::text`,
    );
    found[table as string] = rows.map(({ row }) => row);
  }
  return found;
}

it('a dump of the records and the bucket give everything back', async () => {
  const { bucket } = test.library;
  for (const key of ['a/1.jpg', 'a/b/2.txt', 'gone.txt']) await putBytes({ bucket, key }, key, 'text/plain');
  await putBytes({ bucket, key: 'a/1.jpg' }, 'another version', 'text/plain');
  await putFolderMarker({ bucket, key: 'empty/' }, { kind: 'AES256' });
  await reconcileLibrary(test.library.id);
  const actor = await test.makeActor();
  const selection = { paths: ['gone.txt'] };
  await startOperation(actor, { library: test.library.slug, type: 'trash', selection, params: {} });
  await db().tag.create({ data: { libraryId: test.library.id, key: 'a/1.jpg', name: 'cover' } });
  const index = await readIndex(test.library.id);
  const before = await records(original);
  expect(before.AuditEvent).not.toHaveLength(0);
  expect(before.OperationItem).toHaveLength(1);

  shell(dump, original.url);
  expect(statSync(backup).size).toBeGreaterThan(1_000);
  restored = await makeOwnDatabase({ server: dumpServer.server, empty: true });
  shell(restore, restored.url);
  expect(await records(restored)).toEqual(before);
  expect(await restored.query('SELECT 1 FROM "Asset"')).toHaveLength(0);
  await runNode('scripts/migrate.mjs', { DATABASE_URL: restored.url });
  expect(await runNode('scripts/rebuild-index.mjs', { DATABASE_URL: restored.url }, ['--here'])).toContain(
    '6 versions of 4 names',
  );

  expect(await readRestored()).toEqual(index);
}, 120_000);

/** By modules of its own: the address of the database is read once. */
async function readRestored() {
  await closeDb();
  vi.resetModules();
  process.env.DATABASE_URL = restored.url;
  const fresh = await import('#scripts/testing/read-index.ts');
  const { closeDb: closeFresh } = await import('#lib/db.ts');
  try {
    return await fresh.readIndex(test.library.id);
  } finally {
    await closeFresh();
  }
}
