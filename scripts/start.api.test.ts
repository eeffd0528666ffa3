import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from './services/ports.mjs';
import { processIdentity, stopLeftovers } from './services/processes.mjs';

/** `npm start` as a newcomer meets it, without npm: real processes, a folder of its own, the build that the tests share. */
let dir: string;
let port: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'strata-start-'));
  port = String(await findFreePort());
});
afterAll(async () => {
  await stopLeftovers(join(dir, 'data/run'), 0);
  rmSync(dir, { recursive: true });
});

type Run = { child: ChildProcess; text: () => string; ended: Promise<number | null> };

/** Nothing of the tests' own services gets through: only what is given here. */
function start(given: Record<string, string>): Run {
  const { PATH = '', HOME = '', XDG_CACHE_HOME = '' } = process.env;
  const env = { PATH, HOME, XDG_CACHE_HOME, PORT: port, DATA_DIR: join(dir, 'data'), ...given };
  const child = spawn('node', ['scripts/start.mjs'], { env: { ...env, NODE_ENV: 'production' } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, text: () => text, ended };
}

async function untilRunning(run: Run): Promise<void> {
  const ended = run.ended.then(() => true);
  while (!run.text().includes('Stop:')) {
    const early = await Promise.race([ended, new Promise((go) => setTimeout(go, 100, false))]);
    if (early) throw new Error(`It ended: ${run.text()}`);
  }
}

const store = {
  S3_ENDPOINT: String(process.env.S3_ENDPOINT),
  S3_BUCKET: 'strata-start-test',
  S3_ACCESS_KEY_ID: String(process.env.S3_ACCESS_KEY_ID),
  S3_SECRET_ACCESS_KEY: String(process.env.S3_SECRET_ACCESS_KEY),
};
const DATABASE_URL = String(process.env.DATABASE_URL);
const changed = (part: 'password' | 'pathname', value: string) => {
  const url = new URL(DATABASE_URL);
  url[part] = value;
  return url.href;
};

describe('what is wrong is said in one line with the remedy, and the exit code is 1', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'a folder that cannot be written',
      { DATA_DIR: '/proc/strata' },
      /DATA_DIR \/proc\/strata cannot be written.*Set DATA_DIR/,
    ],
    [
      'a database that is away',
      { DATABASE_URL: 'postgresql://u:hidden@127.0.0.1:9/x' },
      /127\.0\.0\.1:9\/x does not answer.*Start it/,
    ],
    [
      'a wrong password',
      { DATABASE_URL: changed('password', 'hidden') },
      /refused the password\. Check user and password/,
    ],
    ['a database that does not exist', { DATABASE_URL: changed('pathname', '/none') }, /no such database\. Create it/],
    [
      'a store that is away',
      { ...store, S3_ENDPOINT: 'http://127.0.0.1:9', DATABASE_URL },
      /127\.0\.0\.1:9\) does not answer.*Start it/,
    ],
    [
      'an unknown key',
      { ...store, S3_ACCESS_KEY_ID: 'nobody', DATABASE_URL },
      /does not know the access key\. Check S3_ACCESS_KEY_ID/,
    ],
    [
      'a wrong secret',
      { ...store, S3_SECRET_ACCESS_KEY: 'hidden', DATABASE_URL },
      /refused the secret key\. Check S3_SECRET_ACCESS_KEY/,
    ],
    ['no bucket', { S3_ENDPOINT: store.S3_ENDPOINT, DATABASE_URL }, /no bucket\. Name the bucket/],
  ])('%s', async (_name, given, line) => {
    const run = start(given);
    expect(await run.ended).toBe(1);
    const lines = run.text().trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(line);
    expect(run.text()).not.toContain('hidden');
  });

  it('a taken port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen({ port: Number(port), host: '127.0.0.1' }, resolve));
    const run = start({});
    expect(await run.ended).toBe(1);
    expect(run.text()).toMatch(new RegExp(`^strata: Port ${port} is taken.*PORT=${Number(port) + 1} npm start\n$`));
    await new Promise((resolve) => other.close(resolve));
  });
});

describe('a life of an instance', () => {
  const recorded = (name: string): number => JSON.parse(readFileSync(join(dir, `data/run/${name}`), 'utf8')).pid;
  const services = ['web', 'worker', 'store', 'cold-store', 'postgres'];

  it('starts, refuses a second one on its data, survives kill -9, keeps its state, and stops everything', {
    timeout: 240_000,
  }, async () => {
    const first = start({});
    await untilRunning(first);
    const password = first.text().match(/Password: +(\S+)/)?.[1];
    expect(password).toBeTruthy();
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);

    const second = start({ PORT: String(await findFreePort()) });
    expect(await second.ended).toBe(1);
    expect(second.text()).toMatch(/^strata: Strata already runs on .* Stop it first .*\n$/);

    const pids = services.map((name) => recorded(`${name}.json`));
    for (const pid of [Number(first.child.pid), recorded('start.json')]) process.kill(pid, 'SIGKILL');
    await first.ended;
    expect(pids.map((pid) => processIdentity(pid) !== null)).toEqual(services.map(() => true));

    const third = start({});
    await untilRunning(third);
    expect(third.text()).toContain(
      'stopped what an earlier run had left behind: web, worker, store, cold-store, postgres',
    );
    expect(third.text()).toContain(String(password));
    expect(pids.map((pid) => processIdentity(pid))).toEqual(services.map(() => null));
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);

    const last = services.map((name) => recorded(`${name}.json`));
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
    expect(last.map((pid) => processIdentity(pid))).toEqual(services.map(() => null));
  });
});
