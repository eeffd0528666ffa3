import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { makeOwnDatabase, type OwnDatabase } from '#scripts/testing/own-database.ts';
import { probeWorkerTools } from './probe-worker-tools.ts';
import { announceWorker, releaseSilentWorkers, silentSeconds } from './worker-presence.ts';

let own: OwnDatabase;
beforeAll(async () => {
  own = await makeOwnDatabase();
  process.env.DATABASE_URL = own.url;
});
afterAll(async () => {
  await closeDb();
  await own.remove();
});

const lockedBy = async () =>
  (await own.query<{ locked_by: string | null }>('SELECT locked_by FROM graphile_worker.jobs ORDER BY id')).map(
    (row) => row.locked_by,
  );

/** A job in the hands of a worker of that name. */
async function holdJob(queueId: string): Promise<void> {
  const [job] = await own.query<{ id: string }>(`SELECT id FROM graphile_worker.add_job('prune-changes')`);
  await own.query('UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = $2 WHERE id = $1', [
    job?.id,
    queueId,
  ]);
}

describe('worker presence', () => {
  it('gives back what a silent worker held, and leaves the living alone', async () => {
    await db().worker.createMany({
      data: [
        {
          id: crypto.randomUUID(),
          host: 'dead',
          queueIds: ['dead-1', 'dead-2'],
          tools: [],
          seenAt: new Date(Date.now() - (silentSeconds + 1) * 1000),
        },
        { id: crypto.randomUUID(), host: 'alive', queueIds: ['alive-1'], tools: [] },
      ],
    });
    await holdJob('dead-2');
    await holdJob('alive-1');
    expect(await Promise.all([releaseSilentWorkers(), releaseSilentWorkers()])).toContain(1);
    expect(await lockedBy()).toEqual([null, 'alive-1']);
    expect((await db().worker.findMany()).map((row) => row.host)).toEqual(['alive']);
  });

  it('gives back what a worker held that was killed before it was announced', async () => {
    await own.query('UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL');
    await holdJob('alive-1');
    await holdJob('never-announced');
    await holdJob('just-started');
    await own.query(
      `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 hour' WHERE locked_by IN ('alive-1', 'never-announced')`,
    );
    await releaseSilentWorkers();
    expect((await lockedBy()).filter(Boolean)).toEqual(['alive-1', 'just-started']);
    await own.query('UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL');
  });

  it('leaves nothing of a job that was asked for again while the dead worker had it', async () => {
    await own.query('DELETE FROM graphile_worker._private_jobs');
    const add = () => own.query(`SELECT graphile_worker.add_job('prune-changes', job_key := 'prune-changes')`);
    await add();
    await own.query(
      `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 hour', locked_by = 'dead-3'`,
    );
    await add();
    await releaseSilentWorkers();
    const left = await own.query('SELECT key, attempts, locked_by FROM graphile_worker.jobs');
    expect(left).toEqual([{ key: 'prune-changes', attempts: 0, locked_by: null }]);
    await own.query('DELETE FROM graphile_worker._private_jobs');
  });

  it('announces a worker with its tools, and takes it away when it stops', async () => {
    const tools = await probeWorkerTools();
    expect(tools.map((tool) => tool.name)).toContain('ffmpeg');
    for (const { found, version, install } of tools)
      expect([found, install.length > 0]).toEqual([version !== null, true]);
    const leave = announceWorker(() => ['self-1'], tools);
    await expect.poll(() => db().worker.findFirst({ where: { queueIds: { has: 'self-1' } } })).toMatchObject({ tools });
    await leave();
    expect(await db().worker.count({ where: { queueIds: { has: 'self-1' } } })).toBe(0);
  });
});
