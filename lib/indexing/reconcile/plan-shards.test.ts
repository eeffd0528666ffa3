import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareKeys } from '#lib/storage/key-order.ts';
import { planOneShard, planShards } from './plan-shards.ts';

it.each([
  ['nothing known', [], [{ after: '', upTo: null }]],
  [
    'doubles, disorder and what cannot be stored',
    ['b/', '', 'a', 'b/', 'c\u0000'],
    [
      { after: '', upTo: 'a' },
      { after: 'a', upTo: 'b/' },
      { after: 'b/', upTo: null },
    ],
  ],
])('%s', (_, cuts, shards) => {
  expect(planShards(cuts)).toEqual(shards.map((shard) => ({ ...shard, marks: [] })));
});

it('one part keeps the cuts as marks', () => {
  expect(planOneShard(['b/', '', 'a'])).toEqual([{ after: '', upTo: null, marks: ['a', 'b/'] }]);
});

it('puts every path into exactly one shard', () => {
  const path = fc.string({ unit: 'binary', minLength: 1 });
  fc.assert(
    fc.property(fc.array(path), path, (cuts, key) => {
      const holding = planShards(cuts).filter(
        ({ after, upTo }) => compareKeys(key, after) > 0 && (upTo === null || compareKeys(key, upTo) <= 0),
      );
      expect(holding).toHaveLength(1);
    }),
  );
});
