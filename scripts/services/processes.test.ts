import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parentOf, processIdentity, spawnService, stopLeftovers } from './processes.mjs';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'strata-processes-'));
});
afterEach(async () => {
  await stopLeftovers(dir, 0);
  rmSync(dir, { recursive: true });
});

const start = (script: string) =>
  spawnService({
    name: 'store',
    command: process.execPath,
    args: ['-e', script],
    runDir: dir,
    logFile: join(dir, 'store.log'),
  });
const forever = 'setInterval(() => {}, 1000)';

async function untilLogged(text: string) {
  while (!readFileSync(join(dir, 'store.log'), 'utf8').includes(text)) await new Promise((go) => setTimeout(go, 20));
}

describe('processIdentity', () => {
  it('is the same for one process, and null for none', async () => {
    expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
    const child = spawn(process.execPath, ['-e', '']);
    const pid = Number(child.pid);
    await new Promise((resolve) => child.once('exit', resolve));
    expect(processIdentity(pid)).toBeNull();
  });

  it('knows the parent', () => {
    const child = spawn(process.execPath, ['-e', forever]);
    expect(parentOf(Number(child.pid))?.parent).toBe(process.pid);
    child.kill('SIGKILL');
  });
});

describe('spawnService', () => {
  it('is recorded while it runs, and can be stopped', async () => {
    const service = start(forever);
    expect(JSON.parse(readFileSync(join(dir, 'store.json'), 'utf8'))).toMatchObject({
      name: 'store',
      pid: service.pid,
    });
    await service.stop();
    expect(service.running).toBe(false);
    expect(readdirSync(dir)).not.toContain('store.json');
  });

  it('is killed when it does not end by itself', async () => {
    const service = start(`process.on('SIGTERM', () => {}); ${forever}; console.log('deaf')`);
    await untilLogged('deaf');
    await service.stop(100);
    expect(await service.exited).toMatchObject({ signal: 'SIGKILL' });
  });

  it('says when the program does not exist', async () => {
    const service = spawnService({
      name: 'x',
      command: '/no/such',
      args: [],
      runDir: dir,
      logFile: join(dir, 'x.log'),
    });
    expect((await service.exited).error).toMatchObject({ code: 'ENOENT' });
  });
});

describe('stopLeftovers', () => {
  it('stops exactly what was recorded', async () => {
    const service = start(forever);
    expect(await stopLeftovers(dir)).toEqual(['store']);
    expect((await service.exited).signal).toBe('SIGTERM');
    expect(await stopLeftovers(dir)).toEqual([]);
  });

  it('leaves a stranger alone that got the number of one of ours', async () => {
    const stranger = spawn(process.execPath, ['-e', forever]);
    const record = { name: 'web', pid: stranger.pid, identity: 'an earlier boot/1', stopSignal: 'SIGTERM' };
    writeFileSync(join(dir, 'web.json'), JSON.stringify(record));
    expect(await stopLeftovers(dir)).toEqual([]);
    expect(processIdentity(Number(stranger.pid))).not.toBeNull();
    expect(readdirSync(dir)).not.toContain('web.json');
    stranger.kill('SIGKILL');
  });

  it('forgets a record that was cut off', async () => {
    writeFileSync(join(dir, 'web.json'), '{"name":"we');
    expect(await stopLeftovers(dir)).toEqual([]);
    expect(readdirSync(dir)).toEqual([]);
  });
});
