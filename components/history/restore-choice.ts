import type { KindChoice, PlanKind, RestoreKind } from '#lib/restore/schema.ts';

/** Of each kind: all but those, or none but those, by position; with their bytes, since every number follows the ticks. */
export type Choice = Partial<Record<RestoreKind, { all: boolean; except: ReadonlyMap<number, number> }>>;
export type Chosen = { count: number; bytes: number };

/** Positions that one start of a restore may name (lib/restore/schema.ts). */
export const mostExceptions = 10_000;

/** Kinds that can be done at all. */
export const isDoable = (kind: RestoreKind) => kind !== 'unavailable' && kind !== 'conflict';

const whole = { all: true, except: new Map<number, number>() };
/** What is archived costs money and hours: it is in only when somebody ticks it. */
export const firstChoice: Choice = { thaw: { all: false, except: new Map() } };

export const isChosen = (choice: Choice, kind: RestoreKind, position: number): boolean => {
  const { all, except } = choice[kind] ?? whole;
  return isDoable(kind) && all !== except.has(position);
};

export function toggleItem(choice: Choice, kind: RestoreKind, position: number, bytes: number): Choice {
  const { all, except } = choice[kind] ?? whole;
  const next = new Map(except);
  if (!next.delete(position)) next.set(position, bytes);
  return { ...choice, [kind]: { all, except: next } };
}

export const toggleKind = (choice: Choice, kind: RestoreKind, all: boolean): Choice => ({
  ...choice,
  [kind]: { all, except: new Map() },
});

/** How much of a kind is ticked. */
export function chosenOf(choice: Choice, { kind, count, bytes }: Pick<PlanKind, 'kind' | 'count' | 'bytes'>): Chosen {
  if (!isDoable(kind)) return { count: 0, bytes: 0 };
  const { all, except } = choice[kind] ?? whole;
  const named = { count: except.size, bytes: [...except.values()].reduce((sum, size) => sum + size, 0) };
  return all ? { count: count - named.count, bytes: bytes - named.bytes } : named;
}

/** As `POST /operations/{id}/start` takes it: kinds that are in whole are not named. */
export function toChoices(choice: Choice, kinds: readonly PlanKind[]): KindChoice[] {
  return kinds.flatMap(({ kind }) => {
    const { all, except } = choice[kind] ?? whole;
    return isDoable(kind) && !(all && except.size === 0) ? [{ kind, all, except: [...except.keys()] }] : [];
  });
}
