import { expect, it } from 'vitest';
import { planJsonDiff } from './plan-json-diff.ts';

const changed = (before: unknown, after: unknown) =>
  planJsonDiff(before, after)
    .filter(({ added, removed }) => added || removed)
    .map(({ added, value }) => `${added ? '+' : '-'}${value.trim()}`);

const rule = { ID: 'a', Status: 'Enabled', Filter: { Prefix: 'photos/' }, Expiration: { Days: 30 } };

it('shows no change where only the order of names differs', () => {
  const { Status, ...rest } = rule;
  expect(changed([rule], [{ ...rest, Status }])).toEqual([]);
});

it('shows what differs, and nothing else', () => {
  expect(changed([rule], [{ ...rule, Status: 'Disabled' }])).toEqual(['-"Status": "Enabled"', '+"Status": "Disabled"']);
  const { Expiration: _, ...without } = rule;
  expect(changed([without], [rule])).toEqual(['+"Expiration": {\n      "Days": 30\n    },']);
});

it('takes a document that is not there', () => {
  expect(changed(null, { a: 1 })).toEqual(['-null', '+{\n  "a": 1\n}']);
});
