import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inFolder, removeLeftFolders } from './job-folder.ts';

it('a folder of a job is gone when the job has ended, well or not', async () => {
  const seen: string[] = [];
  await inFolder(async (folder) => seen.push(folder));
  await expect(
    inFolder(async (folder) => {
      seen.push(folder);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(seen.map(existsSync)).toEqual([false, false]);
});

it('what killed processes left is removed; what others work in stays', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'strata-left-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
  const folders = [
    `strata-media-${dead}-a`,
    `strata-media-${process.pid}-b`,
    `strata-media-${process.ppid}-c`,
    'other',
  ];
  for (const name of folders) mkdirSync(join(dir, name));
  writeFileSync(join(dir, folders[0] as string, 'original'), 'a picture');
  expect(await removeLeftFolders(dir)).toBe(2);
  expect(readdirSync(dir).toSorted()).toEqual(['other', `strata-media-${process.ppid}-c`]);
});
