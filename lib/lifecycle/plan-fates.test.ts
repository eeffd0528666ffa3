import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { type CompiledRule, compileRules } from './compile-rules.ts';
import { DAY, dueAt, type FateEvent, type FateVersion, nextMidnight, planFates } from './plan-fates.ts';
import { canTransition, preferredClass, type TransitionClass, transitionClasses } from './storage-classes.ts';

const noon = Date.parse('2026-11-01T12:00:00Z');
const midnight = (text: string) => Date.parse(`${text}T00:00:00Z`);
const options = { from: midnight('2026-11-02'), until: midnight('2027-11-02'), minimumSize: 'all' as const };

const version = (values: Partial<FateVersion> = {}): FateVersion => ({
  versionId: 'v1',
  isDeleteMarker: false,
  size: 1024 ** 2,
  modifiedAt: noon,
  storageClass: 'STANDARD',
  ...values,
});
const marker = (values: Partial<FateVersion> = {}) =>
  version({ versionId: 'm1', isDeleteMarker: true, size: 0, ...values });
const fates = (versions: FateVersion[], ...rules: Partial<StoredRule>[]) =>
  planFates(
    { key: 'photos/a.jpg', versions },
    compileRules(rules.map((rule, index) => ({ ID: `r${index + 1}`, Status: 'Enabled', ...rule }))),
    options,
  ).map(({ at, versionId, ruleId, ...event }) =>
    [new Date(at).toISOString().slice(0, 10), versionId, ruleId, event.action, 'to' in event ? event.to : '']
      .filter((word) => word !== '')
      .join(' '),
  );

const twoTags = ['a', 'c'].map((Key) => ({ Key, Value: 'b' }));

describe('planFates', () => {
  it('counts days to the next midnight, as S3 does', () => {
    expect(new Date(dueAt(Date.parse('2026-01-15T10:30:00Z'), 3)).toISOString()).toBe('2026-01-19T00:00:00.000Z');
  });

  it('walks the timeline of the article', () => {
    const rule = {
      Transitions: [
        { Days: 30, StorageClass: 'STANDARD_IA' },
        { Days: 90, StorageClass: 'GLACIER' },
      ],
      Expiration: { Days: 200 },
      NoncurrentVersionExpiration: { NoncurrentDays: 10 },
    };
    expect(fates([version()], rule)).toEqual([
      '2026-12-02 v1 r1 move STANDARD_IA',
      '2027-01-31 v1 r1 move GLACIER',
      '2027-05-21 v1 r1 expire',
      '2027-06-01 v1 r1 remove',
    ]);
  });

  it('does today what is overdue, and the cheaper class wins', () => {
    const old = version({ modifiedAt: midnight('2026-01-01') });
    const rules = [
      { Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] },
      { Transitions: [{ Days: 90, StorageClass: 'DEEP_ARCHIVE' }] },
    ];
    expect(fates([old], ...rules)).toEqual(['2026-11-02 v1 r2 move DEEP_ARCHIVE']);
  });

  it.each([
    ['a small object stays', { size: 128 * 1024 - 1 }, {}, []],
    ['a filter by size overrides the 128 KB', { size: 1000 }, { Filter: { ObjectSizeGreaterThan: 500 } }, ['move']],
    ['the filter is exclusive', { size: 500 }, { Filter: { ObjectSizeGreaterThan: 500 } }, []],
    ['another prefix does not match', {}, { Filter: { Prefix: 'logs/' } }, []],
    ['nothing goes upward', { storageClass: 'GLACIER' }, {}, []],
    ['a rule that is off does nothing', {}, { Status: 'Disabled' as const }, []],
    ['tags that are not known match nothing', {}, { Filter: { Tag: { Key: 'a', Value: 'b' } } }, []],
    ['another value of a tag', { tags: [{ key: 'a', value: 'c' }] }, { Filter: { Tag: { Key: 'a', Value: 'b' } } }, []],
    ['one of two tags', { tags: [{ key: 'a', value: 'b' }] }, { Filter: { And: { Tags: twoTags } } }, []],
    [
      'all tags, among others',
      { tags: ['a', 'x', 'c'].map((key) => ({ key, value: 'b' })) },
      { Filter: { And: { Tags: twoTags } } },
      ['move'],
    ],
  ])('%s', (_, values, rule, actions) => {
    const found = fates([version(values)], { Transitions: [{ Days: 40, StorageClass: 'STANDARD_IA' }], ...rule });
    expect(found.map((line) => line.split(' ')[3])).toEqual(actions);
  });

  it('keeps the newest old versions whatever their age', () => {
    const versions = ['v4', 'v3', 'v2', 'v1'].map((versionId, index) =>
      version({ versionId, modifiedAt: midnight(`2026-0${5 - index}-01`) }),
    );
    const rule = { NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 2 } };
    expect(fates(versions, rule)).toEqual(['2026-11-02 v1 r1 remove']);
  });

  it('removes what is under a delete marker, and the lonely marker a day later', () => {
    const versions = [marker({ modifiedAt: midnight('2026-10-30') }), version({ modifiedAt: midnight('2026-01-01') })];
    const rule = {
      NoncurrentVersionExpiration: { NoncurrentDays: 7 },
      Expiration: { ExpiredObjectDeleteMarker: true },
    };
    expect(fates(versions, rule)).toEqual(['2026-11-07 v1 r1 remove', '2026-11-08 m1 r1 remove-marker']);
  });

  it('a removal beats a move that is due on the same day', () => {
    const versions = [version({ versionId: 'v2' }), version({ modifiedAt: midnight('2026-10-01') })];
    const rule = {
      NoncurrentVersionTransitions: [{ NoncurrentDays: 30, StorageClass: 'GLACIER' }],
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    };
    expect(fates(versions, rule)).toEqual(['2026-12-02 v1 r1 remove']);
  });

  it('says what a model that lives through every single day says', () => {
    fc.assert(
      fc.property(arbitraryVersions, fc.array(arbitraryRule, { maxLength: 4 }), (versions, stored) => {
        const rules = compileRules(stored.map((rule, index) => ({ ...rule, ID: `r${index}` })));
        const range = { ...options, until: options.from + 120 * DAY };
        expect(planFates({ key: 'photos/a.jpg', versions }, rules, range)).toEqual(liveThrough(versions, rules, range));
      }),
      { numRuns: 500 },
    );
  });

  it('lets small objects into the archives where the bucket is of the old kind, and anywhere on stores without the limit', () => {
    const rule = { Status: 'Enabled' as const, Transitions: [{ Days: 40, StorageClass: 'GLACIER' }] };
    const small = { key: 'a', versions: [version({ size: 9 })] };
    const moves = (minimumSize: 'all' | 'varies' | 'none') =>
      planFates(small, compileRules([rule]), { ...options, minimumSize }).length;
    expect([moves('all'), moves('varies'), moves('none')]).toEqual([0, 1, 1]);
  });

  it('knows the next midnight', () => {
    expect(nextMidnight(noon)).toBe(midnight('2026-11-02'));
    expect(nextMidnight(midnight('2026-11-02'))).toBe(midnight('2026-11-03'));
  });
});

const days = fc.integer({ min: 0, max: 60 });
const target = fc.constantFrom(...transitionClasses);
const arbitraryRule: fc.Arbitrary<StoredRule> = fc.record(
  {
    Status: fc.constant('Enabled' as const),
    Filter: fc.constantFrom(
      {},
      { Prefix: 'photos/' },
      { Prefix: 'logs/' },
      { ObjectSizeGreaterThan: 200_000 },
      { Tag: { Key: 'kind', Value: 'raw' } },
    ),
    Transitions: fc.array(fc.record({ Days: days, StorageClass: target }), { maxLength: 3 }),
    Expiration: fc.oneof(
      fc.record({ Days: days }),
      fc.constant({ ExpiredObjectDeleteMarker: true }),
      fc.constant({ Date: '2026-12-01T00:00:00.000Z' }),
    ),
    NoncurrentVersionTransitions: fc.array(
      fc.record({
        NoncurrentDays: days,
        StorageClass: target,
        NewerNoncurrentVersions: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 2 },
    ),
    NoncurrentVersionExpiration: fc.record(
      { NoncurrentDays: days, NewerNoncurrentVersions: fc.integer({ min: 1, max: 3 }) },
      { requiredKeys: ['NoncurrentDays'] },
    ),
  },
  { requiredKeys: ['Status'] },
);
const arbitraryVersions = fc
  .array(
    fc.record({
      isDeleteMarker: fc.boolean(),
      size: fc.constantFrom(0, 1000, 150_000, 5_000_000),
      hoursAgo: fc.integer({ min: 0, max: 90 * 24 }),
      storageClass: fc.constantFrom('STANDARD', 'STANDARD_IA', 'GLACIER'),
      kind: fc.constantFrom('raw', 'print', null),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((drawn) =>
    drawn
      .sort((a, b) => a.hoursAgo - b.hoursAgo)
      .map(
        ({ hoursAgo, kind, ...rest }, index): FateVersion => ({
          ...rest,
          tags: kind === null ? [] : [{ key: 'kind', value: kind }],
          size: rest.isDeleteMarker ? 0 : rest.size,
          versionId: `v${index}`,
          modifiedAt: noon - hoursAgo * 3_600_000,
        }),
      ),
  );

type Living = FateVersion & { id: string | null };

/** Every midnight, every version, every rule: slow, and with nothing clever in it. */
function liveThrough(
  versions: FateVersion[],
  rules: CompiledRule[],
  range: { from: number; until: number },
): FateEvent[] {
  const events: FateEvent[] = [];
  let alive: Living[] = versions.map((one) => ({ ...one, id: one.versionId }));
  const expiredAt = new Map<string, number>();
  for (let today = range.from; today <= range.until; today += DAY) {
    const next: Living[] = [];
    alive.forEach((one, index) => {
      const newer = alive[index - 1];
      const event = decide(one, newer, index, today);
      if (event) events.push(event);
      if (!event) next.push(one);
      else if (event.action === 'move') next.push({ ...one, storageClass: event.to });
      else if (event.action === 'expire') {
        if (one.id) expiredAt.set(one.id, today);
        next.push({ id: null, versionId: '', isDeleteMarker: true, size: 0, modifiedAt: today, storageClass: '' }, one);
      }
    });
    alive = next;
  }
  return events;

  function oldSince(one: Living, newer: Living): number {
    const original = versions.findIndex(({ versionId }) => versionId === one.id);
    const above = versions[original - 1];
    return above ? Math.max(above.modifiedAt, one.modifiedAt) : (expiredAt.get(one.id ?? '') ?? newer.modifiedAt);
  }

  function decide(one: Living, newer: Living | undefined, index: number, today: number): FateEvent | null {
    const removals: FateEvent[] = [];
    const moves: FateEvent[] = [];
    const expiries: FateEvent[] = [];
    const reached = (event: number, count: number) => dueAt(event, count) <= today;
    for (const rule of rules) {
      if (!'photos/a.jpg'.startsWith(rule.prefix)) continue;
      const kind = one.isDeleteMarker ? undefined : one.tags?.[0]?.value;
      if (rule.tags.some(({ value }) => value !== kind)) continue;
      const base = { at: today, versionId: one.id, ruleId: rule.id };
      const sized = (one.size > (rule.largerThan ?? -1)) as boolean;
      const big = rule.hasSizeFilter || one.size >= 128 * 1024;
      const move = (to: TransitionClass) => {
        if (!one.isDeleteMarker && big && canTransition(one.storageClass, to))
          moves.push({ ...base, action: 'move', to });
      };
      if (newer) {
        if (!sized || (one.isDeleteMarker && rule.hasSizeFilter)) continue;
        const since = oldSince(one, newer);
        for (const step of rule.oldTransitions)
          if (reached(since, step.days) && index - 1 >= step.keepNewest) move(step.storageClass);
        if (rule.oldRemoval && reached(since, rule.oldRemoval.days) && index - 1 >= rule.oldRemoval.keepNewest)
          removals.push({ ...base, action: 'remove' });
      } else if (one.isDeleteMarker) {
        if (alive.length > 1) continue;
        const expires = rule.expiration && !rule.hasSizeFilter && isDue(rule.expiration, one, today);
        if (rule.removeMarkers || expires) removals.push({ ...base, action: 'remove-marker' });
      } else if (sized) {
        for (const step of rule.transitions) if (isDue(step.due, one, today)) move(step.storageClass);
        if (rule.expiration && isDue(rule.expiration, one, today)) expiries.push({ ...base, action: 'expire' });
      }
    }
    const best = moves.reduce<FateEvent | null>((chosen, event) => {
      if (!chosen) return event;
      if (chosen.action !== 'move' || event.action !== 'move' || event.to === chosen.to) return chosen;
      return preferredClass(event.to, chosen.to) === event.to ? event : chosen;
    }, null);
    return removals[0] ?? best ?? expiries[0] ?? null;
  }
}

function isDue(due: { days: number } | { on: number }, one: Living, today: number): boolean {
  return ('on' in due ? due.on : dueAt(one.modifiedAt, due.days)) <= today;
}
