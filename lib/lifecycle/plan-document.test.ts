import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { planDocument } from './plan-document.ts';
import { readRules } from './read-rules.ts';
import { type LifecycleRule, lifecycleRule } from './schema.ts';
import { transitionClasses } from './storage-classes.ts';
import { type DocumentContext, toStoredRules } from './to-stored-rules.ts';

const aws: DocumentContext = { slug: 'media', rootPrefix: 'team/', oneTransitionPerRule: false, abortUploads: true };
const minio: DocumentContext = { ...aws, oneTransitionPerRule: true, abortUploads: false };
const make = (values: Partial<LifecycleRule>) => lifecycleRule.parse({ name: 'Article', enabled: true, ...values });

const article = make({
  prefix: 'logs/',
  transitions: [
    { days: 30, storageClass: 'STANDARD_IA' },
    { days: 90, storageClass: 'GLACIER' },
  ],
  oldVersions: { transitions: [], removeAfterDays: 60, keepNewest: 3 },
  abortUploadsAfterDays: 7,
});

describe('toStoredRules', () => {
  it('writes the timeline of the article as S3 takes it', () => {
    expect(toStoredRules(article, aws)).toEqual([
      {
        ID: 'strata/media/Article',
        Status: 'Enabled',
        Filter: { Prefix: 'team/logs/' },
        Transitions: [
          { Days: 30, StorageClass: 'STANDARD_IA' },
          { Days: 90, StorageClass: 'GLACIER' },
        ],
        NoncurrentVersionExpiration: { NoncurrentDays: 60, NewerNoncurrentVersions: 3 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ]);
  });

  it('gives each transition a rule of its own where the store keeps only one', () => {
    const rules = toStoredRules(article, minio);
    expect(rules.map(({ ID, Transitions }) => [ID, Transitions?.map(({ Days }) => Days)])).toEqual([
      ['strata/media/Article', [30]],
      ['strata/media/Article#2', [90]],
    ]);
    expect(rules[0]?.NoncurrentVersionExpiration).toBeDefined();
    expect(rules.some((rule) => rule.AbortIncompleteMultipartUpload)).toBe(false);
  });

  it.each<[string, Partial<LifecycleRule>, StoredRule['Filter']]>([
    ['one tag', { tags: [{ key: 'a', value: 'b' }] }, { And: { Prefix: 'team/', Tags: [{ Key: 'a', Value: 'b' }] } }],
    [
      'sizes',
      { largerThan: 1, smallerThan: 9 },
      { And: { Prefix: 'team/', ObjectSizeGreaterThan: 1, ObjectSizeLessThan: 9 } },
    ],
    ['nothing but the root', {}, { Prefix: 'team/' }],
  ])('filters by %s', (_, values, filter) => {
    expect(toStoredRules(make({ removeMarkers: true, ...values }), aws)[0]?.Filter).toEqual(filter);
  });

  it('needs no And for a single condition', () => {
    const root = { ...aws, rootPrefix: '' };
    const one = (values: Partial<LifecycleRule>) =>
      toStoredRules(make({ removeMarkers: true, ...values }), root)[0]?.Filter;
    expect(one({ tags: [{ key: 'a', value: 'b' }] })).toEqual({ Tag: { Key: 'a', Value: 'b' } });
    expect(one({ largerThan: 5 })).toEqual({ ObjectSizeGreaterThan: 5 });
    expect(one({})).toEqual({ Prefix: '' });
  });
});

describe('planDocument', () => {
  const foreign: StoredRule = { ID: 'by-hand', Status: 'Enabled', Prefix: 'old/', Expiration: { Days: 3 } };
  const other: StoredRule = { ID: 'strata/press/Old', Status: 'Enabled', Filter: { Prefix: 'press/' } };

  it('keeps every rule of others, in its place and unchanged', () => {
    const current = [foreign, ...toStoredRules(make({ name: 'Former', removeMarkers: true }), aws), other];
    expect(planDocument(current, [article], aws)).toEqual([foreign, other, ...toStoredRules(article, aws)]);
  });

  it('keeps one of ours that somebody changed beyond our words, until a rule of its name is given', () => {
    const changed: StoredRule = {
      ...other,
      ID: 'strata/media/Article',
      Expiration: { Date: '2027-01-01T00:00:00.000Z' },
    };
    const rest = make({ name: 'Rest', removeMarkers: true });
    expect(planDocument([changed], [rest], aws)).toEqual([changed, ...toStoredRules(rest, aws)]);
    expect(planDocument([changed], [article], aws)).toEqual(toStoredRules(article, aws));
  });

  it('takes the last of our rules away and leaves the others', () => {
    expect(planDocument([foreign, ...toStoredRules(article, aws)], [], aws)).toEqual([foreign]);
  });
});

describe('readRules', () => {
  const steps = fc.uniqueArray(fc.record({ days: fc.nat(400), storageClass: fc.constantFrom(...transitionClasses) }), {
    maxLength: 3,
    selector: ({ days }) => days,
  });
  const any = fc
    .record({
      name: fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,20}[a-z]$/),
      enabled: fc.boolean(),
      prefix: fc.constantFrom('', 'logs/', 'a b/ü/'),
      tags: fc.uniqueArray(fc.record({ key: fc.constantFrom('k', 'l'), value: fc.constantFrom('v', 'w') }), {
        selector: ({ key }) => key,
      }),
      largerThan: fc.option(fc.nat(1000)),
      transitions: steps,
      expireAfterDays: fc.option(fc.integer({ min: 1, max: 900 })),
      oldVersions: fc.record({
        transitions: steps,
        removeAfterDays: fc.option(fc.integer({ min: 1, max: 900 })),
        keepNewest: fc.constant(null),
      }),
    })
    .map((drawn) => lifecycleRule.parse(drawn));

  it.each([
    ['AWS', aws],
    ['MinIO', minio],
  ])('reads back what was written, on %s', (_, context) => {
    fc.assert(
      fc.property(any, (rule) => {
        expect(readRules(toStoredRules(rule, context), context)).toEqual({ own: [rule], foreign: [] });
      }),
    );
  });

  it('takes a rule of ours that somebody changed beyond our words for a foreign one', () => {
    const changed: StoredRule = {
      ID: 'strata/media/Article',
      Status: 'Enabled',
      Filter: { Prefix: 'team/logs/' },
      Expiration: { Date: '2027-01-01T00:00:00.000Z' },
    };
    expect(readRules([changed], aws)).toEqual({ own: [], foreign: [changed] });
  });

  it('does not mind the order in which a store gives the fields back', () => {
    const [rule] = toStoredRules(article, aws);
    const turned = Object.fromEntries(Object.entries(rule ?? {}).reverse()) as StoredRule;
    expect(readRules([turned], aws).own).toEqual([article]);
  });
});
