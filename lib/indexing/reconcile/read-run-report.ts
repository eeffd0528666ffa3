import { db } from '#lib/db.ts';
import type { ShardPlace } from '../plan-progress.ts';
import type { DriftCause } from './drift-cause.ts';
import type { RunKind } from './run-shard.ts';

export type RunReport = {
  runId: bigint;
  libraryId: bigint;
  kind: RunKind;
  repair: boolean;
  state: 'running' | 'done' | 'cancelled';
  startedAt: Date;
  finishedAt: Date | null;
  /** Why it does not go on, in words; null while it does. */
  problem: string | null;
  /** Keys and versions listed so far, delete markers included, and the bytes of all versions. */
  keys: number;
  versions: number;
  bytes: number;
  /** Differing keys by cause; absent causes are zero. A first listing counts nothing as `added`. */
  drift: Partial<Record<DriftCause | 'unreadable', number>>;
  /** Sum of `drift`. */
  differences: number;
  shards: ShardPlace[];
};

/** What a comparison did so far. @throws Error when there is no such run */
export async function readRunReport(runId: bigint): Promise<RunReport> {
  const run = await db().indexRun.findUniqueOrThrow({
    where: { id: runId },
    include: { shards: { orderBy: { position: 'asc' } } },
  });
  const drift: RunReport['drift'] = {};
  for (const shard of run.shards) {
    for (const [cause, count] of Object.entries(shard.drift as Record<string, number>)) {
      drift[cause as DriftCause] = (drift[cause as DriftCause] ?? 0) + count;
    }
  }
  const sum = (column: 'keys' | 'versions' | 'bytes') =>
    run.shards.reduce((total, shard) => total + Number(shard[column]), 0);
  return {
    runId: run.id,
    libraryId: run.libraryId,
    kind: run.kind as RunKind,
    repair: run.repair,
    state: run.state as RunReport['state'],
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    problem: run.problem,
    keys: sum('keys'),
    versions: sum('versions'),
    bytes: sum('bytes'),
    drift,
    differences: Object.values(drift).reduce((total, count) => total + count, 0),
    shards: run.shards.map(({ after, upTo, marks, checkpoint, state }) => ({
      after,
      upTo,
      marks,
      checkpoint,
      done: state === 'done',
    })),
  };
}
