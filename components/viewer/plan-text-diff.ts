import { diffLines } from 'diff';

export type DiffRow = { kind: 'same' | 'added' | 'removed' | 'skipped'; text: string; count: number };

/** Lines of what is the same that stay around a change. */
const around = 3;
/** Edits after which two texts count as wholly different: the search takes their square (Myers, as in `diff`). */
const mostEdits = 5_000;

/** What changed from A to B, by lines; long stretches of the same become one row. */
export function planTextDiff(a: string, b: string): DiffRow[] {
  const changes = diffLines(a, b, { maxEditLength: mostEdits });
  if (!changes) return [row('removed', a), row('added', b)];
  return changes.flatMap((change, at) => {
    if (change.added || change.removed) return [row(change.added ? 'added' : 'removed', change.value)];
    return fold(change.value, at === 0, at === changes.length - 1);
  });
}

const row = (kind: DiffRow['kind'], text: string): DiffRow => ({ kind, text, count: linesOf(text).length });

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function fold(text: string, first: boolean, last: boolean): DiffRow[] {
  const lines = linesOf(text);
  const head = first ? 0 : around;
  const tail = last ? 0 : around;
  const skipped = lines.length - head - tail;
  if (skipped <= 1) return [row('same', lines.join('\n'))];
  return [
    ...(head > 0 ? [row('same', lines.slice(0, head).join('\n'))] : []),
    { kind: 'skipped', text: '', count: skipped },
    ...(tail > 0 ? [row('same', lines.slice(-tail).join('\n'))] : []),
  ];
}
