import type { DocumentChange } from './plan-types.ts';

/**
 * The documents as they should be to take a change back, whatever others changed since: in lists (statements, CORS and lifecycle rules)
 * what the change added goes, what it replaced or removed comes back, all else stays; a plain setting gets its former value. Pure.
 * @param current by the same order as `changes`
 */
export function planRevert(changes: DocumentChange[], current: unknown[]): DocumentChange[] {
  return changes.map((change, index) => {
    const now = current[index] ?? null;
    return { ...change, before: now, after: revertOne(change, now) };
  });
}

function revertOne({ kind, before, after }: DocumentChange, now: unknown): unknown {
  if (kind === 'bucket-policy' || kind === 'user-policy') {
    const Statement = revertList(statementsOf(before), statementsOf(after), statementsOf(now), 'Sid');
    if (Statement.length === 0) return null;
    return { ...((now ?? before ?? {}) as object), Statement };
  }
  if (kind === 'cors' || kind === 'lifecycle') {
    const rules = revertList(list(before), list(after), list(now), 'ID');
    return rules.length === 0 ? null : rules;
  }
  return before;
}

type Entry = Record<string, unknown>;
const list = (value: unknown) => (value ?? []) as Entry[];
const statementsOf = (policy: unknown) => list((policy as { Statement?: unknown } | null)?.Statement);

function revertList(before: Entry[], after: Entry[], now: Entry[], idField: string): Entry[] {
  const same = (a: Entry, b: Entry) => JSON.stringify(a) === JSON.stringify(b);
  // Without an id an entry is told by what it says.
  const nameOf = (entry: Entry) => String(entry[idField] ?? JSON.stringify(entry));
  const former = new Map(before.map((entry) => [nameOf(entry), entry]));
  const later = new Map(after.map((entry) => [nameOf(entry), entry]));
  const kept = now.flatMap((entry) => {
    const name = nameOf(entry);
    const was = former.get(name);
    const made = later.get(name);
    if (made && !was) return [];
    return made && was && !same(made, was) ? [was] : [entry];
  });
  const there = new Set(now.map(nameOf));
  const gone = before.filter((entry) => !later.has(nameOf(entry)) && !there.has(nameOf(entry)));
  return [...kept, ...gone];
}
