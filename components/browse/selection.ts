/** What is chosen and where the keyboard is, by entry key. Pure: the screen keeps it, lists and grids draw it. */
export type Selection = {
  readonly selected: ReadonlySet<string>;
  /** Where a range starts. */
  readonly anchor: string | null;
  readonly focus: string | null;
};

export const nothingSelected: Selection = { selected: new Set(), anchor: null, focus: null };

export type SelectHow = 'only' | 'toggle' | 'range' | 'focus';

/** Ctrl or Command adds, Shift takes the range, else this one alone. */
export function howOf(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): 'only' | 'toggle' | 'range' {
  return event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

/** @param keys every loaded entry in the order shown */
export function planSelection(now: Selection, keys: readonly string[], key: string, how: SelectHow): Selection {
  switch (how) {
    case 'focus':
      return { ...now, focus: key };
    case 'only':
      return { selected: new Set([key]), anchor: key, focus: key };
    case 'toggle': {
      const selected = new Set(now.selected);
      if (!selected.delete(key)) selected.add(key);
      return { selected, anchor: key, focus: key };
    }
    case 'range': {
      // The anchor may have gone to the trash meanwhile.
      const from = now.anchor === null ? -1 : keys.indexOf(now.anchor);
      const to = keys.indexOf(key);
      if (from === -1 || to === -1) return { selected: new Set([key]), anchor: key, focus: key };
      const selected = new Set(keys.slice(Math.min(from, to), Math.max(from, to) + 1));
      return { selected, anchor: now.anchor, focus: key };
    }
  }
}

/** Drops what is no longer listed; keeps the place of the keyboard near where it was. */
export function pruneSelection(now: Selection, before: readonly string[], after: readonly string[]): Selection {
  const left = new Set(after);
  const selected = new Set([...now.selected].filter((key) => left.has(key)));
  const anchor = now.anchor !== null && left.has(now.anchor) ? now.anchor : null;
  const focus = now.focus === null || left.has(now.focus) ? now.focus : nearest(now.focus, before, left);
  if (selected.size === now.selected.size && anchor === now.anchor && focus === now.focus) return now;
  return { selected, anchor, focus };
}

/** The next entry after a removed one that is still there, else the one before. */
function nearest(key: string, before: readonly string[], left: ReadonlySet<string>): string | null {
  const at = before.indexOf(key);
  if (at === -1) return null;
  return (
    before.slice(at + 1).find((each) => left.has(each)) ??
    before.slice(0, at).findLast((each) => left.has(each)) ??
    null
  );
}
