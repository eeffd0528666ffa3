import { prefixOf } from '#lib/lifecycle/compile-rules.ts';
import type { StoredRule } from '#lib/lifecycle/plan-document.ts';
import type { LifecycleRule, LifecycleView } from '#lib/lifecycle/schema.ts';
import { classDepths, classLabels, isStorageClass } from '#lib/lifecycle/storage-classes.ts';

/** A number of days of a rule that a grip moves. */
export type DayField = { part: 'current' | 'old'; step: number } | { part: 'current' | 'old' | 'uploads'; step: 'end' };

export type Segment = {
  from: number;
  /** Null: to the end of the bar. */
  to: number | null;
  label: string;
  /** Of a class, 1 to 6; null for what is gone. */
  depth: number | null;
  /** Live files go: the one thing that is red. */
  live: boolean;
  /** What moves when its start is dragged; null for the first one and for rules of others. */
  field: DayField | null;
};

export type Lane = {
  part: 'current' | 'old' | 'uploads' | 'markers';
  /** Under the name: what the lane is about. */
  about: string;
  segments: Segment[];
};

type Step = { days: number; storageClass: string };

const bands = (part: 'current' | 'old', steps: Step[], end: number | null, label: string, live: boolean): Segment[] => {
  const starts: Omit<Segment, 'to'>[] = [
    { from: 0, label: 'Standard', depth: 1, live: false, field: null },
    ...steps.map(({ days, storageClass }, step) => ({
      from: days,
      label: isStorageClass(storageClass) ? classLabels[storageClass] : storageClass,
      depth: isStorageClass(storageClass) ? classDepths[storageClass] : 4,
      live: false,
      field: { part, step } as DayField,
    })),
    ...(end === null
      ? []
      : [{ from: end, label, depth: null, live, field: { part, step: 'end' as const } satisfies DayField }]),
  ];
  return starts.map((segment, index) => ({ ...segment, to: starts[index + 1]?.from ?? null }));
};

/** Where a rule applies, as one line: "Everything", "exports/, over 128 KB, tagged a=b". */
export function placeOf(rule: LifecycleRule, formatBytes: (bytes: number) => string): string {
  return [
    rule.prefix === '' ? 'Everything' : rule.prefix,
    ...(rule.largerThan === null ? [] : [`over ${formatBytes(rule.largerThan)}`]),
    ...(rule.smallerThan === null ? [] : [`under ${formatBytes(rule.smallerThan)}`]),
    ...rule.tags.map(({ key, value }) => `tagged ${key}=${value}`),
  ].join(', ');
}

/** The lanes of a rule of ours: one for each thing that it does. A rule that does nothing yet has one of Standard for ever. */
export function planLanes(rule: LifecycleRule, place: string): Lane[] {
  const { oldVersions: old } = rule;
  const lanes: Lane[] = [];
  if (rule.transitions.length > 0 || rule.expireAfterDays !== null)
    lanes.push({
      part: 'current',
      about: place,
      segments: bands('current', rule.transitions, rule.expireAfterDays, 'To trash', true),
    });
  if (old.transitions.length > 0 || old.removeAfterDays !== null) {
    const stay = old.keepNewest === null ? '' : `, ${old.keepNewest} newest stay`;
    const where = lanes.length === 0 && rule.prefix !== '' ? `${place}, ` : '';
    lanes.push({
      part: 'old',
      about: `${where}${where ? 'n' : 'N'}ot current${stay}`,
      segments: bands('old', old.transitions, old.removeAfterDays, 'Removed for good', false),
    });
  }
  if (rule.abortUploadsAfterDays !== null)
    lanes.push({
      part: 'uploads',
      about: `Unfinished uploads${rule.prefix === '' ? '' : ` in ${rule.prefix}`}`,
      segments: [
        { from: 0, to: rule.abortUploadsAfterDays, label: 'Kept', depth: 1, live: false, field: null },
        {
          from: rule.abortUploadsAfterDays,
          to: null,
          label: 'Removed for good',
          depth: null,
          live: false,
          field: { part: 'uploads', step: 'end' },
        },
      ],
    });
  if (lanes.length === 0)
    lanes.push({
      part: rule.removeMarkers ? 'markers' : 'current',
      about: rule.removeMarkers ? 'Delete markers with nothing beneath' : place,
      segments: rule.removeMarkers
        ? [{ from: 0, to: null, label: 'Removed the next day', depth: null, live: false, field: null }]
        : bands('current', [], null, '', false),
    });
  return lanes;
}

/** The one lane of a rule that was made elsewhere, as far as it can be drawn. */
export function planForeignLane(rule: LifecycleView['foreign'][number]): Lane {
  const stored = rule.document as unknown as StoredRule;
  const about = `${prefixOf(stored) === '' ? 'Everything' : prefixOf(stored)}, made elsewhere, kept`;
  const steps = (stored.Transitions ?? []).flatMap(({ Days, StorageClass }) =>
    Days === undefined ? [] : [{ days: Days, storageClass: StorageClass }],
  );
  const old = stored.NoncurrentVersionExpiration?.NoncurrentDays ?? null;
  const locked = (segments: Segment[]) => segments.map((segment) => ({ ...segment, field: null }));
  if (steps.length === 0 && stored.Expiration?.Days === undefined && old !== null)
    return { part: 'old', about, segments: locked(bands('old', [], old, 'Removed for good', false)) };
  return {
    part: 'current',
    about,
    segments: locked(bands('current', steps, stored.Expiration?.Days ?? null, 'To trash', true)),
  };
}
