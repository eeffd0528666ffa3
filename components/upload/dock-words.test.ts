import { expect, test } from 'vitest';
import { emptySnapshot, type UploadSnapshot } from '#lib/uploads/browser/upload-store.ts';
import { dockWords } from './dock-words.ts';

const MB = 1024 * 1024;
const now = (part: Partial<UploadSnapshot>): UploadSnapshot => ({ ...emptySnapshot, idle: false, ...part });

test.each<[string, Partial<UploadSnapshot>, string, string]>([
  [
    'moving',
    {
      moving: true,
      total: 214,
      done: 38,
      bytesTotal: 6800 * MB,
      bytesSent: 2100 * MB,
      bytesPerSecond: 46 * MB,
      secondsLeft: 105,
    },
    'Uploading 38 of 214',
    '2.1 of 6.6 GB, 46.0 MB/s, 2 min left',
  ],
  ['one file', { moving: true, total: 1, bytesTotal: 2 * MB, bytesSent: 0 }, 'Uploading 1 file', '0 of 2.0 MB'],
  [
    'no network',
    { total: 214, done: 38, gate: { missing: 'network', since: 0, nextTryAt: 8000 } },
    'Waiting for the network, 38 of 214 kept',
    'Trying again in 8 s',
  ],
  ['reading', { reading: 1200 }, 'Reading the files', '1,200 files'],
  [
    'paused',
    { total: 3, done: 1, paused: 2, bytesTotal: 3 * MB, bytesSent: MB },
    'Paused, 1 of 3 uploaded',
    '1.0 of 3.0 MB',
  ],
  ['done', { total: 214, done: 214, idle: true }, '214 files uploaded', ''],
  ['all failed', { total: 2, failed: 2, idle: true }, 'Nothing uploaded', ''],
])('%s', (_, part, title, facts) => {
  expect(dockWords(now(part), 0)).toEqual({ title, facts });
});
