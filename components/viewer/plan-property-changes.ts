import type { VersionProperties } from '#lib/versions/schema.ts';
import type { ChangeRow } from './plan-changes.ts';

type Pairs = VersionProperties['metadata'];

/**
 * Headers, user metadata and tags of two versions, name by name: those that differ first, each kind in its order. `b` null: the same.
 */
export function planPropertyChanges(a: VersionProperties, b: VersionProperties): ChangeRow[] {
  const rows = [
    ...rowsOf(a.headers, b.headers, (name) => name),
    ...rowsOf(a.metadata, b.metadata, (name) => name),
    ...rowsOf(a.tags ?? [], b.tags ?? [], (name) => `Tag ${name}`),
  ];
  return [...rows.filter((row) => row.b !== null), ...rows.filter((row) => row.b === null)];
}

const none = 'none';

function rowsOf(a: Pairs, b: Pairs, termOf: (name: string) => string): ChangeRow[] {
  const before = new Map(a.map(({ name, value }) => [name, value]));
  const after = new Map(b.map(({ name, value }) => [name, value]));
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((name) => {
    const [one, other] = [before.get(name), after.get(name)];
    return { term: termOf(name), a: shown(one), b: one === other ? null : shown(other) };
  });
}

/** A tag may be empty, which is something else than none. */
const shown = (value: string | undefined) => (value === undefined ? none : value === '' ? '(empty)' : value);
