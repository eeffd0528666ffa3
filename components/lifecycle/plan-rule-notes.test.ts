import { expect, it } from 'vitest';
import { pricesUsEast1 as prices } from '#lib/cost/prices-us-east-1.ts';
import { lifecycleRule } from '#lib/lifecycle/schema.ts';
import { planRuleNotes } from './plan-rule-notes.ts';

const rule = (values: object) => lifecycleRule.parse({ name: 'r', enabled: true, ...values });
const cool = [
  { days: 30, storageClass: 'STANDARD_IA' },
  { days: 90, storageClass: 'GLACIER' },
];
const small = 'Files under 128 KB stay in Standard: S3 does not move them, unless the rule has a size of its own.';

it.each([
  ['AWS by default', rule({ transitions: cool }), 'all', [small]],
  ['a size of its own', rule({ transitions: cool, largerThan: 1000 }), 'all', []],
  ['a store without the limit', rule({ transitions: cool }), 'none', []],
  [
    'AWS as it was before',
    rule({ transitions: cool }),
    'varies',
    [
      'Files under 128 KB go to the archive classes only: S3 does not move them, unless the rule has a size of its own.',
    ],
  ],
  [
    'a class that is left too soon',
    rule({ transitions: [...cool, { days: 120, storageClass: 'DEEP_ARCHIVE' }], expireAfterDays: 121 }),
    'none',
    [
      'Glacier Flexible is billed for 90 days at least; files leave it after 30 days and pay for the rest.',
      'Deep Archive is billed for 180 days at least; files leave it after 1 day and pay for the rest.',
    ],
  ],
  [
    'old versions that go too soon',
    rule({ oldVersions: { transitions: [{ days: 0, storageClass: 'GLACIER' }], removeAfterDays: 30 } }),
    'none',
    ['Glacier Flexible is billed for 90 days at least; old versions leave it after 30 days and pay for the rest.'],
  ],
] as const)('%s', (_, given, minimumSize, notes) => {
  expect(planRuleNotes(given, minimumSize, prices)).toEqual(notes);
});
