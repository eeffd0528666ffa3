import type { CompiledRule, Due } from './compile-rules.ts';
import { canTransition, isArchived, preferredClass, type TransitionClass } from './storage-classes.ts';

export const DAY = 24 * 60 * 60 * 1000;

/** One version or delete marker of a key, as lifecycle sees it. Times are ms since 1970, sizes bytes. */
export type FateVersion = {
  versionId: string;
  isDeleteMarker: boolean;
  size: number;
  modifiedAt: number;
  storageClass: string;
  /** S3 object tags; left out where they were not asked for (`withTags`). */
  tags?: readonly ObjectTag[];
};
export type ObjectTag = { key: string; value: string };

/** All of a key that the store still has, newest first. */
export type FateKey = { key: string; versions: FateVersion[] };

export type FateEvent = {
  /** The midnight (UTC) of the run that does it. */
  at: number;
  /** Null: the delete marker that an earlier event of this key made. */
  versionId: string | null;
  ruleId: string;
} & (
  | { action: 'move'; to: TransitionClass }
  /** The current version gets a delete marker on top and becomes an old one; nothing is destroyed. */
  | { action: 'expire' }
  /** The version is destroyed. */
  | { action: 'remove' }
  /** A delete marker without versions beneath it is removed. */
  | { action: 'remove-marker' }
);

/**
 * Which objects under 128 KB stay where they are unless a rule filters by size (s3-facts 4.3): AWS's `all_storage_classes_128K`,
 * `varies_by_storage_class` (small ones may go to Glacier Flexible and Deep Archive), or none on stores without such a limit.
 */
export type MinimumSize = 'all' | 'varies' | 'none';

const MINIMUM_BYTES = 128 * 1024;

export type FateOptions = {
  /** The first run, a midnight (UTC): what is overdue happens then. */
  from: number;
  /** Runs after this are not looked at. */
  until: number;
  minimumSize: MinimumSize;
};

type State = FateVersion & { id: string | null; since: number };

/** S3 adds the days and goes on to the next midnight UTC (user guide, "Lifecycle rules: based on an object's age"; MinIO alike). */
export function dueAt(event: number, days: number): number {
  return Math.floor((event + (days + 1) * DAY) / DAY) * DAY;
}

export function nextMidnight(now: number): number {
  return Math.floor(now / DAY) * DAY + DAY;
}

export function matchesKey(rule: CompiledRule, key: string): boolean {
  return key.startsWith(rule.prefix);
}

/**
 * What lifecycle will do to one key if nobody touches it, in order of time: the daily run of S3, but from one due day to the next.
 * Rules that filter by S3 object tags apply to versions whose tags are known to match; delete markers have none.
 *
 * On one day a removal beats a move, and a move beats expiring (s3-facts 4.5); newer old versions are counted with their markers.
 */
export function planFates({ key, versions }: FateKey, rules: CompiledRule[], options: FateOptions): FateEvent[] {
  const active = rules.filter((rule) => matchesKey(rule, key));
  if (active.length === 0) return [];
  const events: FateEvent[] = [];
  let state = versions.map((version, index): State => {
    const successor = versions[index - 1];
    // LastModified is not monotone (DESIGN section 4): an old version is never older as "old" than it is as a version.
    const since = successor ? Math.max(successor.modifiedAt, version.modifiedAt) : 0;
    return { ...version, id: version.versionId, since };
  });
  let earliest = options.from;
  for (;;) {
    const plans = state.map((version, index) => planVersion(version, index, state.length, active, options));
    const run = Math.max(earliest, Math.min(...plans.map((plan) => plan?.due ?? Number.POSITIVE_INFINITY)));
    if (!(run <= options.until)) return events;
    const before = events.length;
    state = state.flatMap((version, index) => {
      const event = chooseEvent(plans[index]?.candidates ?? [], run, version);
      if (!event) return [version];
      events.push(event);
      return applyEvent(version, event);
    });
    if (events.length === before) return events;
    earliest = run + DAY;
  }
}

type Candidate = { due: number; ruleId: string } & (
  | { action: 'move'; to: TransitionClass }
  | { action: 'expire' | 'remove' | 'remove-marker' }
);

function planVersion(version: State, index: number, count: number, rules: CompiledRule[], options: FateOptions) {
  const candidates =
    index > 0
      ? rules.flatMap((rule) => oldCandidates(version, index - 1, rule, options))
      : version.isDeleteMarker
        ? rules.flatMap((rule) => markerCandidates(version, count, rule, options))
        : rules.flatMap((rule) => currentCandidates(version, rule, options));
  return candidates.length === 0 ? null : { candidates, due: Math.min(...candidates.map(({ due }) => due)) };
}

const dueOf = (due: Due, event: number) => ('on' in due ? due.on : dueAt(event, due.days));

export function fitsSize(version: FateVersion, rule: CompiledRule): boolean {
  return (
    (rule.largerThan === null || version.size > rule.largerThan) &&
    (rule.smallerThan === null || version.size < rule.smallerThan)
  );
}

function fitsTags({ isDeleteMarker, tags = [] }: FateVersion, rule: CompiledRule): boolean {
  return (
    rule.tags.length === 0 ||
    (!isDeleteMarker && rule.tags.every(({ key, value }) => tags.some((tag) => tag.key === key && tag.value === value)))
  );
}

function mayMove(version: State, rule: CompiledRule, to: TransitionClass, options: FateOptions): boolean {
  return (
    !version.isDeleteMarker &&
    canTransition(version.storageClass, to) &&
    (rule.hasSizeFilter || version.size >= minimumFor(to, options.minimumSize))
  );
}

function minimumFor(to: TransitionClass, minimumSize: MinimumSize): number {
  return minimumSize === 'none' || (minimumSize === 'varies' && isArchived(to)) ? 0 : MINIMUM_BYTES;
}

function currentCandidates(version: State, rule: CompiledRule, options: FateOptions): Candidate[] {
  if (!fitsSize(version, rule) || !fitsTags(version, rule)) return [];
  const moves = rule.transitions
    .filter(({ storageClass }) => mayMove(version, rule, storageClass, options))
    .map(({ due, storageClass }): Candidate => {
      return { due: dueOf(due, version.modifiedAt), ruleId: rule.id, action: 'move', to: storageClass };
    });
  if (!rule.expiration) return moves;
  return [...moves, { due: dueOf(rule.expiration, version.modifiedAt), ruleId: rule.id, action: 'expire' }];
}

function markerCandidates(version: State, count: number, rule: CompiledRule, options: FateOptions): Candidate[] {
  if (count > 1 || !fitsTags(version, rule)) return [];
  const found: Candidate[] = [];
  if (rule.removeMarkers) found.push({ due: options.from, ruleId: rule.id, action: 'remove-marker' });
  // Expiration by days takes a lonely marker away too (API reference, LifecycleExpiration; user guide, "Expiration action").
  if (rule.expiration && !rule.hasSizeFilter)
    found.push({ due: dueOf(rule.expiration, version.modifiedAt), ruleId: rule.id, action: 'remove-marker' });
  return found;
}

function oldCandidates(version: State, newer: number, rule: CompiledRule, options: FateOptions): Candidate[] {
  // A marker has no size, so a filter by size passes it over.
  if (!fitsTags(version, rule)) return [];
  if (version.isDeleteMarker ? rule.hasSizeFilter : !fitsSize(version, rule)) return [];
  const found: Candidate[] = rule.oldTransitions
    .filter((step) => newer >= step.keepNewest && mayMove(version, rule, step.storageClass, options))
    .map((step) => {
      return { due: dueAt(version.since, step.days), ruleId: rule.id, action: 'move', to: step.storageClass };
    });
  if (rule.oldRemoval && newer >= rule.oldRemoval.keepNewest)
    found.push({ due: dueAt(version.since, rule.oldRemoval.days), ruleId: rule.id, action: 'remove' });
  return found;
}

const rank = { remove: 0, 'remove-marker': 0, move: 1, expire: 2 };

function chooseEvent(candidates: Candidate[], run: number, version: State): FateEvent | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    if (candidate.due > run) continue;
    if (!best || rank[candidate.action] < rank[best.action]) best = candidate;
    else if (candidate.action === 'move' && best.action === 'move' && candidate.to !== best.to)
      best = preferredClass(candidate.to, best.to) === candidate.to ? candidate : best;
  }
  if (!best) return null;
  const { due: _, ...event } = best;
  return { ...event, at: run, versionId: version.id };
}

function applyEvent(version: State, event: FateEvent): State[] {
  if (event.action === 'move') return [{ ...version, storageClass: event.to }];
  if (event.action !== 'expire') return [];
  const marker = { id: null, versionId: '', isDeleteMarker: true, size: 0, modifiedAt: event.at, storageClass: '' };
  return [
    { ...marker, since: 0 },
    { ...version, since: event.at },
  ];
}
