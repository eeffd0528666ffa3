import { describe, expect, it } from 'vitest';
import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { compileRules } from './compile-rules.ts';
import { findCompetingRules } from './find-competing-rules.ts';

const glacier = { Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] };
const expire = { Expiration: { Days: 9 } };
const find = (...rules: Partial<StoredRule>[]) =>
  findCompetingRules(compileRules(rules.map((rule, index) => ({ ID: `r${index}`, Status: 'Enabled', ...rule }))));

describe('findCompetingRules', () => {
  it.each<[string, Partial<StoredRule>, Partial<StoredRule>, RegExp]>([
    [
      'one folder inside the other',
      { ...glacier, Filter: { Prefix: 'a/' } },
      { ...glacier, Filter: { Prefix: 'a/b/' } },
      /colder/,
    ],
    ['two ends', expire, expire, /shorter/],
    ['an end and a move', expire, glacier, /move wins/],
    [
      'old versions',
      { NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      { NoncurrentVersionExpiration: { NoncurrentDays: 2 } },
      /as soon as/,
    ],
  ])('sees %s', (_, a, b, words) => {
    expect(find(a, b)).toMatchObject([{ rules: ['r0', 'r1'], text: expect.stringMatching(words) }]);
  });

  it('does not take the pieces of one rule for rivals', () => {
    const pieces = ['strata/media/Cool', 'strata/media/Cool#2'].map((ID) => ({ ID, ...glacier }));
    expect(find(...pieces)).toEqual([]);
    // A rule of others may be named as it likes.
    expect(find({ ID: 'Cool', ...glacier }, { ID: 'Cool#2', ...glacier })).toHaveLength(1);
  });

  it.each<[string, Partial<StoredRule>, Partial<StoredRule>]>([
    ['folders apart', { ...glacier, Filter: { Prefix: 'a/' } }, { ...glacier, Filter: { Prefix: 'b/' } }],
    [
      'sizes apart',
      { ...glacier, Filter: { ObjectSizeLessThan: 10 } },
      { ...glacier, Filter: { ObjectSizeGreaterThan: 9 } },
    ],
    [
      'tags apart',
      { ...glacier, Filter: { Tag: { Key: 'k', Value: 'a' } } },
      { ...glacier, Filter: { Tag: { Key: 'k', Value: 'b' } } },
    ],
    ['current files and old versions', glacier, { NoncurrentVersionExpiration: { NoncurrentDays: 2 } }],
    ['a rule that is off', glacier, { ...glacier, Status: 'Disabled' }],
  ])('lets %s be', (_, a, b) => {
    expect(find(a, b)).toEqual([]);
  });
});
