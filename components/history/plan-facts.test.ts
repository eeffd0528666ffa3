import { describe, expect, it } from 'vitest';
import { planFacts } from './plan-facts.ts';

const rows = [
  { kind: 'copy' as const, count: 10 },
  { kind: 'conflict' as const, count: 2 },
  { kind: 'unchanged' as const, count: 5 },
];
const chosen = [
  { kind: 'copy' as const, count: 10, bytes: 0, classes: [], chosen: { count: 7, bytes: 0 } },
  { kind: 'conflict' as const, count: 2, bytes: 0, classes: [], chosen: { count: 0, bytes: 0 } },
];
const counts = { total: 12, pending: 0, done: 7, skipped: 3, conflict: 2, failed: 0 };
const short = (facts: ReturnType<typeof planFacts>) => facts.map(({ label, count, detail }) => [label, count, detail]);

describe('planFacts', () => {
  it('tells kind by kind what was restored when it ran to its end', () => {
    expect(short(planFacts(rows, chosen, { state: 'partial', counts }))).toEqual([
      ['Go back a version', 7, '3 left out'],
      ['Cannot be restored', 2, ''],
      ['Unchanged', 5, ''],
    ]);
  });

  it('tells of a cancelled one what was done and what was not, and nothing of the plan', () => {
    const half = { ...counts, pending: 4, done: 3, conflict: 1, failed: 1 };
    expect(short(planFacts(rows, chosen, { state: 'cancelled', counts: half }))).toEqual([
      ['Restored', 3, 'Stays done'],
      ['Not restored', 4, 'Cancelled before'],
      ['Left as they are', 2, ''],
      ['Left out', 3, ''],
      ['Unchanged', 5, ''],
    ]);
  });
});
