/**
 * The promise of the index in one run: `npx node scripts/robustness/adopted-bucket.ts [--files 2000] [--changes 120]`.
 * Another tool (rclone, or `mc mirror`, whichever is installed) fills a bucket; Strata adopts it while others go on changing it; a comparison that changes nothing
 * says what is wrong, the worker repairs it, and the last comparison must find nothing. Starts a Postgres, a store and a worker of its own,
 * and prints what it did. Exit 1 when a difference is left.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Actor } from '#lib/auth/actor.ts';
import { startWorker } from '#scripts/services/app-processes.mjs';
import { findOnPath } from '#scripts/services/find-on-path.mjs';
import { migrateDatabase } from '#scripts/services/migrate-database.mjs';
import { migrateQueue } from '#scripts/services/migrate-queue.mjs';
import { instancePaths } from '#scripts/services/paths.mjs';
import { runSetup } from '#scripts/services/prepare.mjs';
import { startThrowawayServices } from '#scripts/services/throwaway.mjs';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '2000' }, changes: { type: 'string', default: '120' } },
});
const [files, changes] = [Number(values.files), Number(values.changes)];
const bucket = 'filled-by-another-tool';
const say = (line: string) => console.log(line);

/** rclone or mc with the store's administrator, and the line that copies a folder into a bucket. */
function otherTool(env: Record<string, string>, root: { user: string; password: string }) {
  const endpoint = String(env.S3_ENDPOINT);
  if (findOnPath('rclone')) {
    const remote = `:s3,provider=Minio,endpoint="${endpoint}",access_key_id=${root.user},secret_access_key=${root.password}:`;
    return { name: 'rclone copy', command: ['rclone', 'copy'], to: `${remote}${bucket}`, env: {} };
  }
  if (findOnPath('mc')) {
    const { protocol, host } = new URL(endpoint);
    const MC_HOST_there = `${protocol}//${root.user}:${root.password}@${host}`;
    return { name: 'mc mirror', command: ['mc', 'mirror', '--quiet'], to: `there/${bucket}`, env: { MC_HOST_there } };
  }
  throw new Error('This needs rclone or mc: install one of them, then run this again.');
}

const dir = mkdtempSync(join(tmpdir(), 'strata-adopted-'));
chmodSync(dir, 0o711);
const running = await startThrowawayServices({ dir });
const cleanups: (() => Promise<unknown>)[] = [() => running.stop()];
try {
  const tool = otherTool(running.env, running.root);
  Object.assign(process.env, running.env, {
    MINIO_ROOT_USER: running.root.user,
    MINIO_ROOT_PASSWORD: running.root.password,
    DATA_DIR: dir,
  });
  await migrateDatabase(running.env.DATABASE_URL as string);
  await migrateQueue(running.env.DATABASE_URL as string);
  const setup = await runSetup(running.env);
  const { db, closeDb } = await import('#lib/db.ts');
  cleanups.push(closeDb);
  const { createBucket, enableVersioning } = await import('#lib/storage/buckets.ts');
  await createBucket(bucket);
  await enableVersioning(bucket);

  const folder = join(dir, 'to-copy');
  for (let n = 0; n < files; n += 1) {
    const place = join(folder, `shoots/day ${n % 40}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `IMG_${String(n).padStart(5, '0')} ä+.jpg`), `picture ${n}`);
  }
  const copied = spawnSync(tool.command[0] as string, [...tool.command.slice(1), folder, tool.to], {
    // Nothing of ours: neither settings of the AWS SDK nor a configuration in the home folder.
    env: { NODE_ENV: 'production', PATH: process.env.PATH, HOME: dir, ...tool.env },
    encoding: 'utf8',
  });
  if (copied.status !== 0) throw new Error(`${tool.name} failed: ${copied.stderr}`);
  say(`${tool.name}: ${files.toLocaleString('en')} files in 40 folders`);

  const worker = startWorker({ env: running.env, paths: instancePaths(dir), say: () => {} });
  cleanups.push(() => worker.stop(10_000));
  const first = await db().library.findUniqueOrThrow({ where: { slug: setup.library } });
  const user = await db().user.create({ data: { email: 'anna@strata.local', name: 'Anna' } });
  await db().grant.create({ data: { userId: user.id, libraryId: first.id, prefix: '', role: 'admin' } });
  const grant = (libraryId: bigint) => ({ libraryId, prefix: '', role: 'admin' as const });
  const anna = (...ids: bigint[]): Actor => ({
    userId: user.id,
    name: user.name,
    email: user.email,
    via: 'session',
    sessionId: null,
    grants: ids.map(grant),
  });

  const { addLibrary } = await import('#lib/libraries/add-library.ts');
  const { OtherTool } = await import('#scripts/testing/other-tool.ts');
  const others = new OtherTool(bucket);
  cleanups.push(async () => others.close());
  await addLibrary(anna(first.id), { bucket, rootPrefix: '', name: 'Adopted', slug: 'adopted' });
  say(
    `adopted; changed from outside while it is indexed: ${JSON.stringify(await changeThings(others, 0, changes / 2))}`,
  );
  const { id } = await db().library.findUniqueOrThrow({ where: { slug: 'adopted' } });
  await untilIdle(id);
  const late = await changeThings(others, changes / 2, changes);
  say(`indexed; changed from outside after that, with no events: ${JSON.stringify(late)}`);
  const { checkDrift } = await import('#lib/indexing/drift/check-drift.ts');
  const { startDriftRepair } = await import('#lib/indexing/drift/start-drift-repair.ts');
  const { readDrift } = await import('#lib/indexing/drift/get-drift.ts');
  const admin = anna(first.id, id);
  const report = async (when: string) => {
    await untilIdle(id);
    const { last } = await readDrift(id);
    if (!last) throw new Error('No comparison was made.');
    const side = ({ keys, versions, checksum }: typeof last.bucket) =>
      `${keys} names, ${versions} versions, ${checksum}`;
    say(`${when}: ${last.differences} differences in ${last.folderCount} folders ${JSON.stringify(last.causes)}`);
    say(`  bucket ${side(last.bucket)}\n  index  ${side(last.index)}`);
    return last.differences;
  };
  await checkDrift(admin, { library: 'adopted' });
  if ((await report('compared')) > 0) {
    await startDriftRepair(admin, { library: 'adopted' });
    await report('repaired');
  }
  await checkDrift(admin, { library: 'adopted' });
  const left = await report('compared again');
  say(left === 0 ? 'the index is the bucket' : `${left} differences are left`);
  process.exitCode = left === 0 ? 0 : 1;

  /** No comparison runs, and no job that would begin one waits. */
  async function untilIdle(libraryId: bigint): Promise<void> {
    for (let calm = 0; calm < 3; ) {
      await sleep(300);
      const runs = await db().indexRun.count({ where: { libraryId, state: 'running' } });
      const [{ jobs } = { jobs: 1 }] = await db().$queryRaw<{ jobs: number }[]>`
        SELECT count(*)::int AS "jobs" FROM graphile_worker.jobs
        WHERE "task_identifier" IN ('index-library', 'reconcile-library', 'repair-drift')`;
      calm = runs + jobs === 0 ? calm + 1 : 0;
    }
  }

  /** Puts, replaces, deletes and destroys, as fast as the store takes it. */
  async function changeThings(store: InstanceType<typeof OtherTool>, from: number, to: number) {
    const counts = { put: 0, replaced: 0, deleted: 0, destroyed: 0 };
    const keyOf = (n: number) => `shoots/day ${n % 40}/IMG_${String(n).padStart(5, '0')} ä+.jpg`;
    for (let n = Math.ceil(from); n < to; n += 1) {
      const victim = keyOf((n * 17) % files);
      if (n % 4 === 0) {
        await store.put(`shoots/new ${n % 7}/${n}.jpg`, 'new');
        counts.put += 1;
      } else if (n % 4 === 1) {
        await store.put(victim, 'replaced');
        counts.replaced += 1;
      } else if (n % 4 === 2) {
        await store.delete(victim);
        counts.deleted += 1;
      } else {
        for (const { versionId } of (await store.read(victim)).get(victim) ?? []) await store.delete(victim, versionId);
        counts.destroyed += 1;
      }
    }
    return counts;
  }
} finally {
  for (const cleanup of cleanups.toReversed()) await cleanup();
  rmSync(dir, { recursive: true, force: true });
}
