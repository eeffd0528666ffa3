import { expect, it } from 'vitest';
import { planIndexAge } from './plan-index-age.ts';

const now = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

it.each([
  [
    { createdByApp: true, indexedAt: null },
    { state: 'indexing', lagSeconds: null },
  ],
  [
    { createdByApp: false, indexedAt: null },
    { state: 'indexing', lagSeconds: null },
  ],
  [
    { createdByApp: true, indexedAt: ago(1e6) },
    { state: 'live', lagSeconds: null },
  ],
  [
    { createdByApp: false, indexedAt: ago(60) },
    { state: 'live', lagSeconds: 60 },
  ],
  [
    { createdByApp: false, indexedAt: ago(-5) },
    { state: 'live', lagSeconds: 0 },
  ],
  [
    { createdByApp: false, indexedAt: ago(3601) },
    { state: 'stale', lagSeconds: 3601 },
  ],
])('%j', (library, wanted) => {
  expect(planIndexAge(library, now)).toMatchObject({
    ...wanted,
    progress: null,
    checkedAt: library.indexedAt?.toISOString() ?? null,
  });
});
