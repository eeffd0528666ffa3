import { expect, it } from 'vitest';
import { indexLine } from './index-line.ts';

const at = '2026-11-25T10:00:00.000Z';
const live = { state: 'live' as const, lagSeconds: 3, checkedAt: at, differences: 0, progress: null };

it.each([
  ['followed', live, 'success', 'Index live, 3 s behind'],
  ['late', { ...live, lagSeconds: 61 }, 'warning', 'Index live, 1 min behind'],
  ['compared', { ...live, lagSeconds: null }, 'success', 'Last checked'],
  ['compared long ago', { ...live, lagSeconds: null, state: 'stale' as const }, 'warning', 'Last checked'],
  ['differences wait', { ...live, differences: 12 }, 'warning', '12 differences to repair'],
  ['one, not followed', { ...live, lagSeconds: null, differences: 1 }, 'warning', '1 difference to repair'],
  ['listed for the first time', { ...live, state: 'indexing' as const, progress: 0.5 }, 'warning', '50\u202f% indexed'],
  ['just begun', { ...live, state: 'indexing' as const }, 'warning', 'Being indexed'],
])('%s', (_, index, tone, text) => {
  expect(indexLine(index)).toMatchObject({ tone, text });
});
