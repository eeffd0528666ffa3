import { expect, test } from 'vitest';
import { failureOf } from '#lib/uploads/browser/failure.ts';
import { makeItem } from '#lib/uploads/browser/make-item.ts';
import type { UploadItem } from '#lib/uploads/browser/types.ts';
import { folderName, rowWords } from './row-words.ts';

const GB = 1024 ** 3;
const item = (part: Partial<UploadItem>): UploadItem => ({
  ...makeItem({ id: 1, policy: 'ask' }, new File(['x'], 'a.mov'), 'media', 'video/a.mov'),
  size: 2 * GB,
  ...part,
});

test.each<[string, Partial<UploadItem>, string]>([
  ['waiting', { state: 'waiting' }, 'Waiting'],
  ['sending', { state: 'sending', sent: GB, startedAt: 0 }, '1.0 of 2.0 GB, 20 s left'],
  ['just begun', { state: 'sending', sent: 0, startedAt: 19_000 }, '0 of 2.0 GB'],
  ['continued', { state: 'sending', sent: GB, sentAtStart: GB / 2, startedAt: 0 }, '1.0 of 2.0 GB, 40 s left'],
  ['verifying', { state: 'verifying' }, 'Verifying checksum'],
  ['paused', { state: 'paused', sent: GB }, 'Paused, 1.0 of 2.0 GB'],
  ['failed', { state: 'failed', failure: failureOf('cors') }, 'Store blocks this page'],
  ['late clash', { state: 'clash', clash: { existing: null, late: true } }, 'Someone was faster'],
  ['done', { state: 'done' }, '2.0 GB'],
])('%s', (_, part, words) => {
  expect(rowWords(item(part), 20_000)).toBe(words);
});

test.each([
  ['video/2026/a.mov', '2026'],
  ['a.mov', null],
])('folder of %s', (path, name) => {
  expect(folderName(path)).toBe(name);
});
