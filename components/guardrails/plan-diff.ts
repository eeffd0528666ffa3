import { diffLines } from 'diff';

export type DiffLine =
  | { kind: 'same' | 'added' | 'removed'; number: number; text: string }
  | { kind: 'gap'; hidden: number };

/** Unchanged lines that stay around a change. */
const around = 2;

/**
 * Two documents as JSON, line by line with the numbers of the document that a line is in; what stays far from a change is folded. Pure.
 * @param before null for a document that is not there
 */
export function planDiff(before: unknown, after: unknown): DiffLine[] {
  const text = (value: unknown) => (value === null || value === undefined ? '' : `${JSON.stringify(value, null, 2)}\n`);
  let oldLine = 0;
  let newLine = 0;
  const lines: Exclude<DiffLine, { kind: 'gap' }>[] = [];
  for (const part of diffLines(text(before), text(after))) {
    for (const line of part.value.replace(/\n$/, '').split('\n')) {
      if (!part.added) oldLine += 1;
      if (!part.removed) newLine += 1;
      const kind = part.added ? 'added' : part.removed ? 'removed' : 'same';
      lines.push({ kind, number: part.removed ? oldLine : newLine, text: line });
    }
  }
  return fold(lines);
}

function fold(lines: Exclude<DiffLine, { kind: 'gap' }>[]): DiffLine[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (near[index]) {
      shown.push(line);
      continue;
    }
    const last = shown.at(-1);
    if (last?.kind === 'gap') last.hidden += 1;
    else shown.push({ kind: 'gap', hidden: 1 });
  }
  return shown;
}
