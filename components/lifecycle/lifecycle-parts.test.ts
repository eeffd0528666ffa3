import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRuleProblems } from '#lib/lifecycle/find-rule-problems.ts';
import { transitionClasses } from '#lib/lifecycle/storage-classes.ts';
import { axisMarks, dayToShare, shareToDay } from './day-axis.ts';
import { type DayField, planForeignLane, planLanes } from './lane-plan.ts';
import { niceScale } from './nice-scale.ts';
import { planNextStep } from './plan-next-step.ts';
import { dayOf, setDay } from './set-day.ts';
import { emptyRule, freeName, planTemplates } from './templates.ts';

describe('the axis', () => {
  it('puts the marks where the words stand', () => {
    for (const { day, at } of axisMarks) expect(dayToShare(day)).toBeCloseTo(at, 9);
    expect([dayToShare(-3), dayToShare(99_999)]).toEqual([0, 1]);
  });

  it('finds a day again where it was drawn', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1824 }), (day) => shareToDay(dayToShare(day)) === day));
  });
});

const article = {
  ...emptyRule,
  name: 'Media',
  transitions: [
    { days: 30, storageClass: 'STANDARD_IA' as const },
    { days: 90, storageClass: 'GLACIER' as const },
  ],
};

describe('planLanes', () => {
  it('draws the timeline of the article', () => {
    expect(planLanes(article, 'Everything')).toMatchObject([
      {
        part: 'current',
        about: 'Everything',
        segments: [
          { from: 0, to: 30, label: 'Standard', field: null },
          { from: 30, to: 90, label: 'Standard-IA', field: { part: 'current', step: 0 } },
          { from: 90, to: null, label: 'Glacier Flexible', field: { part: 'current', step: 1 } },
        ],
      },
    ]);
  });

  it('gives each thing that a rule does a lane, and red only to live files', () => {
    const lanes = planLanes(
      {
        ...article,
        expireAfterDays: 400,
        oldVersions: { transitions: [], removeAfterDays: 60, keepNewest: 3 },
        abortUploadsAfterDays: 7,
      },
      'Everything',
    );
    expect(lanes.map(({ part, about }) => [part, about])).toEqual([
      ['current', 'Everything'],
      ['old', 'Not current, 3 newest stay'],
      ['uploads', 'Unfinished uploads'],
    ]);
    expect(lanes.flatMap(({ segments }) => segments.filter(({ live }) => live).map(({ label }) => label))).toEqual([
      'To trash',
    ]);
  });

  it('locks the rules of others', () => {
    const lane = planForeignLane({
      id: 'tf',
      prefix: 'logs/',
      enabled: true,
      document: { Filter: { Prefix: 'logs/' }, Expiration: { Days: 90 } },
    });
    expect(lane.about).toBe('logs/, made elsewhere, kept');
    expect(lane.segments.every(({ field }) => field === null)).toBe(true);
  });
});

describe('setDay', () => {
  const step: DayField = { part: 'current', step: 0 };

  it.each<[string, DayField, number, number, RegExp | null]>([
    ['moves a step', step, 45, 45, null],
    ['never before day 30', step, 3, 30, /before day 30/],
    ['never into the 30 days that IA keeps', step, 80, 60, /next step/],
    ['keeps the next one behind', { part: 'current', step: 1 }, 10, 60, /30 days at least/],
  ])('%s', (_, field, wanted, day, reason) => {
    const { rule, resisted } = setDay(article, field, wanted);
    expect(dayOf(rule, field)).toBe(day);
    if (reason) expect(resisted).toMatch(reason);
    else expect(resisted).toBeNull();
  });

  it('never makes a rule that S3 would refuse', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1), fc.integer({ min: -50, max: 5000 }), (index, wanted) => {
        const { rule } = setDay(article, { part: 'current', step: index }, wanted);
        return findRuleProblems([rule], { classes: transitionClasses, foreignCount: 0 }).length === 0;
      }),
    );
  });
});

describe('beginning', () => {
  it('offers only what the store has, and nothing that S3 would refuse', () => {
    const rules = planTemplates(transitionClasses, true).map(({ rule }) => rule);
    expect(rules).toHaveLength(3);
    expect(findRuleProblems(rules, { classes: transitionClasses, foreignCount: 0 })).toEqual([]);
    expect(planTemplates([], false).map(({ rule }) => rule.name)).toEqual(['Old versions']);
    expect(planTemplates(['GLACIER'], false)[0]?.rule.transitions).toEqual([{ days: 90, storageClass: 'GLACIER' }]);
  });

  it('adds a step on a day that S3 takes, or says why there can be none', () => {
    expect(planNextStep([], null, 'STANDARD_IA', transitionClasses).step).toEqual({
      days: 30,
      storageClass: 'STANDARD_IA',
    });
    expect(planNextStep(article.transitions, null, 'DEEP_ARCHIVE', transitionClasses).step?.days).toBe(365);
    expect(planNextStep(article.transitions, null, 'STANDARD_IA', transitionClasses).reason).toMatch(/Nothing goes/);
    expect(planNextStep([], 20, 'GLACIER', transitionClasses).reason).toMatch(/ends on day 20/);
    expect(planNextStep([], null, 'GLACIER', []).reason).toMatch(/has no Glacier/);
  });

  it('finds a name that is free', () => {
    expect(freeName('Media', [article, { ...article, name: 'Media 2' }])).toBe('Media 3');
  });
});

describe('niceScale', () => {
  it.each([
    [406, [0, 200, 400, 600]],
    [0.07, [0, 0.02, 0.04, 0.06, 0.08]],
    [0.0004, [0, 0.01]],
    [0, [0]],
  ])('%d', (highest, ticks) => {
    expect(niceScale(highest).ticks.map((tick) => Number(tick.toFixed(6)))).toEqual(ticks);
  });

  it('is never lower than what it shows, and has few ticks', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (highest) => {
        const { top, ticks } = niceScale(highest);
        return top >= highest * (1 - 1e-9) && ticks.length >= (highest > 0.01 ? 3 : 2) && ticks.length <= 6;
      }),
    );
  });
});
