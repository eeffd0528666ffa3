import { describe, expect, it } from 'vitest';
import { findRuleProblems } from './find-rule-problems.ts';
import { type LifecycleRule, lifecycleRule } from './schema.ts';
import { transitionClasses } from './storage-classes.ts';

const support = { classes: transitionClasses, foreignCount: 0 };
type Values = Omit<Partial<LifecycleRule>, 'oldVersions'> & { oldVersions?: Partial<LifecycleRule['oldVersions']> };
const make = (values: Values) => lifecycleRule.parse({ name: 'A rule', enabled: true, ...values });
const to = (days: number, storageClass: (typeof transitionClasses)[number]) => ({ days, storageClass });

describe('findRuleProblems', () => {
  it.each<[string, Values]>([
    [
      'the timeline of the article',
      { transitions: [to(30, 'STANDARD_IA'), to(90, 'GLACIER'), to(180, 'DEEP_ARCHIVE')] },
    ],
    ['Glacier at once', { transitions: [to(0, 'GLACIER')] }],
    ['old versions with some kept', { oldVersions: { removeAfterDays: 30, keepNewest: 5 } }],
    ['unfinished uploads', { abortUploadsAfterDays: 7 }],
    ['lonely markers', { removeMarkers: true }],
  ])('takes %s', (_, values) => {
    expect(findRuleProblems([make(values)], support)).toEqual([]);
  });

  it.each<[string, Values, string, RegExp]>([
    ['nothing to do', {}, 'transitions', /does nothing/],
    ['IA before day 30', { transitions: [to(29, 'STANDARD_IA')] }, 'transitions.0.days', /before day 30/],
    [
      'old versions to IA early',
      { oldVersions: { transitions: [{ ...to(7, 'ONEZONE_IA'), keepNewest: null }] } },
      'oldVersions.transitions.0.days',
      /before day 30/,
    ],
    ['30 days in IA', { transitions: [to(30, 'STANDARD_IA'), to(59, 'GLACIER')] }, 'transitions.1.days', /Set 60/],
    ['upward', { transitions: [to(10, 'GLACIER'), to(90, 'GLACIER_IR')] }, 'transitions.1.storageClass', /colder/],
    [
      'out of order',
      { transitions: [to(90, 'GLACIER'), to(20, 'DEEP_ARCHIVE')] },
      'transitions.1.days',
      /after the one/,
    ],
    [
      'after the end',
      { transitions: [to(90, 'GLACIER')], expireAfterDays: 90 },
      'transitions.0.days',
      /expires already/,
    ],
    ['a leading slash', { prefix: '/logs/', removeMarkers: true }, 'prefix', /does not begin/],
    ['sizes that exclude all', { largerThan: 10, smallerThan: 11, removeMarkers: true }, 'smallerThan', /No file/],
    [
      'keep without remove',
      { removeMarkers: true, oldVersions: { keepNewest: 3 } },
      'oldVersions.keepNewest',
      /how many days/,
    ],
    ['markers beside days', { removeMarkers: true, expireAfterDays: 9 }, 'removeMarkers', /already|too/],
    [
      'uploads by tag',
      { tags: [{ key: 'a', value: '' }], abortUploadsAfterDays: 1 },
      'abortUploadsAfterDays',
      /no tags/,
    ],
    ['markers by tag', { tags: [{ key: 'a', value: '' }], removeMarkers: true }, 'removeMarkers', /no tags/],
    ['a tag without a name', { tags: [{ key: '', value: 'x' }], expireAfterDays: 9 }, 'tags.0.key', /its name/],
    ["a tag of AWS's own", { tags: [{ key: 'aws:x', value: '' }], expireAfterDays: 9 }, 'tags.0.key', /belong to AWS/],
    [
      'one tag with two values',
      { tags: ['x', 'y'].map((value) => ({ key: 'a', value })), expireAfterDays: 9 },
      'tags.1.key',
      /one value/,
    ],
    [
      'more tags than an object has',
      { tags: Array.from({ length: 11 }, (_, at) => ({ key: `k${at}`, value: '' })), expireAfterDays: 9 },
      'tags',
      /10 tags at most/,
    ],
    ['a reserved name', { name: 'Old #2', removeMarkers: true }, 'name', /may not end/],
  ])('refuses %s', (_, values, field, words) => {
    const [found, ...more] = findRuleProblems([make(values)], support);
    expect(more).toEqual([]);
    expect(found?.field).toBe(field);
    expect(found?.text).toMatch(words);
  });

  it('names a class that the store lacks', () => {
    const rule = make({ transitions: [to(10, 'DEEP_ARCHIVE')] });
    expect(findRuleProblems([rule], { classes: ['GLACIER'], foreignCount: 0 })[0]?.text).toBe(
      'This store has no Deep Archive.',
    );
  });

  it('wants names apart, and counts the rules of others', () => {
    const rule = make({ removeMarkers: true });
    expect(findRuleProblems([rule, rule], support)).toMatchObject([{ rule: 1, field: 'name' }]);
    expect(findRuleProblems([rule], { classes: transitionClasses, foreignCount: 1000 })).toMatchObject([
      { text: /1000 rules/ },
    ]);
  });
});
