import type { LifecycleRule } from '#lib/lifecycle/schema.ts';
import type { TransitionClass } from '#lib/lifecycle/storage-classes.ts';

export const emptyRule: LifecycleRule = {
  name: 'New rule',
  enabled: true,
  prefix: '',
  tags: [],
  largerThan: null,
  smallerThan: null,
  transitions: [],
  expireAfterDays: null,
  removeMarkers: false,
  oldVersions: { transitions: [], removeAfterDays: null, keepNewest: null },
  abortUploadsAfterDays: null,
};

export type Template = { title: string; text: string; rule: LifecycleRule };

/** Ways to begin. A step into a class that the store lacks is left out, and a template that then does nothing too. */
export function planTemplates(classes: readonly TransitionClass[], abortUploads: boolean): Template[] {
  const cool: [number, TransitionClass][] = [
    [30, 'STANDARD_IA'],
    [90, 'GLACIER'],
    [365, 'DEEP_ARCHIVE'],
  ];
  const transitions = cool
    .filter(([, storageClass]) => classes.includes(storageClass))
    .map(([days, storageClass]) => ({ days, storageClass }));
  return [
    ...(transitions.length > 0
      ? [
          {
            title: 'Cool down with age',
            text: 'New files at hand, older ones cheaper, the oldest in the archive.',
            rule: { ...emptyRule, name: 'Media', transitions },
          },
        ]
      : []),
    {
      title: 'Clear out old versions',
      text: 'What was replaced or deleted stays 90 days. The 3 newest always stay.',
      rule: {
        ...emptyRule,
        name: 'Old versions',
        removeMarkers: true,
        oldVersions: { transitions: [], removeAfterDays: 90, keepNewest: 3 },
      },
    },
    ...(abortUploads
      ? [
          {
            title: 'Tidy up unfinished uploads',
            text: 'Parts of uploads that nobody finished go after a week.',
            rule: { ...emptyRule, name: 'Unfinished uploads', abortUploadsAfterDays: 7 },
          },
        ]
      : []),
  ];
}

/** A name that no rule has yet: "Media", "Media 2", … */
export function freeName(wanted: string, rules: LifecycleRule[]): string {
  const taken = new Set(rules.map(({ name }) => name));
  for (let index = 1; ; index += 1) {
    const name = index === 1 ? wanted : `${wanted} ${index}`;
    if (!taken.has(name)) return name;
  }
}
