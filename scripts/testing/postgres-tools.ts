import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { findOnPath } from '#scripts/services/find-on-path.mjs';
import { findFreePort } from '#scripts/services/ports.mjs';
import { startPostgres } from '#scripts/services/postgres.mjs';

/** Where Debian keeps the programs of each version. */
const debian = '/usr/lib/postgresql';

export type DumpServer = {
  /** Of `pg_dump` and `pg_restore`, for PATH. */
  tools: string;
  /** An address without a database. */
  server: string;
  stop: () => Promise<void>;
};

/**
 * A server that the `pg_dump` of this machine can dump: it refuses one that is newer than itself, and the Postgres that comes with the
 * dependencies (18) has no `pg_dump`. So: the test server where the tools are new enough, else a server of the tools' own version.
 * @throws Error that says what to install
 */
export async function startDumpServer(testServer: string): Promise<DumpServer> {
  const wanted = await serverMajor(testServer);
  const found = findTools();
  const newest = found[0];
  if (newest && newest.major >= wanted) return { tools: newest.folder, server: testServer, stop: async () => {} };
  const whole = found.find(({ folder }) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')));
  if (!whole) {
    throw new Error(
      `This test needs pg_dump of Postgres ${wanted} or newer, or any Postgres from 15 with its server. On Debian: apt-get install postgresql.`,
    );
  }
  const dir = mkdtempSync(join(tmpdir(), 'strata-dump-'));
  const { service, url } = await startPostgres({
    dir: join(dir, 'postgres'),
    port: await findFreePort(),
    password: crypto.randomUUID(),
    runDir: dir,
    logFile: join(dir, 'postgres.log'),
    throwaway: true,
    binaries: {
      postgres: join(whole.folder, 'postgres'),
      initdb: join(whole.folder, 'initdb'),
      locale: ['--locale=C.UTF-8'],
    },
  });
  return {
    tools: whole.folder,
    server: url,
    stop: async () => {
      await service.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Folders with `pg_dump` and `pg_restore`, the newest first. */
function findTools(): { folder: string; major: number }[] {
  const onPath = findOnPath('pg_dump');
  const folders = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  return [...(onPath ? [dirname(onPath)] : []), ...folders]
    .filter((folder) => ['pg_dump', 'pg_restore'].every((name) => existsSync(join(folder, name))))
    .map((folder) => ({ folder, major: majorOf(join(folder, 'pg_dump')) }))
    .sort((a, b) => b.major - a.major);
}

function majorOf(program: string): number {
  return Number(/(\d+)(?:\.\d+)?/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1]);
}

async function serverMajor(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  } finally {
    await client.end();
  }
}
