'use client';

import clsx from 'clsx';
import { useMemo } from 'react';
import { formatPlural } from '#components/ui/format.ts';
import type { Shown } from './plan-stage.ts';
import { type DiffRow, planTextDiff } from './plan-text-diff.ts';
import { useText } from './text-stage.tsx';

const looks: Record<DiffRow['kind'], string> = {
  same: 'text-fg-2',
  added: 'bg-success-soft text-success-text',
  removed: 'bg-danger-soft text-danger-text',
  skipped: 'bg-sunken text-fg-3',
};
const marks = { same: ' ', added: '+', removed: '-' };

/** Two versions of a text: what went and what came, by lines. */
export default function TextCompare({ a, b }: { a: Shown; b: Shown }) {
  const [before, after] = [useText(a), useText(b)];
  const rows = useMemo(
    () => (before.data !== undefined && after.data !== undefined ? planTextDiff(before.data, after.data) : null),
    [before.data, after.data],
  );
  const error = before.error ?? after.error;
  const same = rows?.every(({ kind }) => kind === 'same' || kind === 'skipped');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
    <div tabIndex={0} data-keys="own" className="absolute inset-0 overflow-auto px-14 py-5 max-sm:px-3 max-sm:py-3">
      <div className="mx-auto max-w-220 overflow-hidden rounded-2 bg-sheet py-3 shadow-2 inset-ring inset-ring-line">
        {error && <p className="px-5 text-fg-2">The versions could not be read. {error.message}</p>}
        {same && <p className="px-5 pb-2 text-fg-2">Both versions hold the same text.</p>}
        {rows?.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names, and the list is made anew as a whole
          <Row key={at} row={row} />
        ))}
      </div>
    </div>
  );
}

function Row({ row: { kind, text, count } }: { row: DiffRow }) {
  if (kind === 'skipped')
    return <p className={clsx('px-5 py-1 text-meta', looks.skipped)}>{formatPlural(count, 'line')} the same</p>;
  return (
    <div className={clsx('flex gap-2 px-3', looks[kind])}>
      <span className="sr-only">{kind === 'added' ? 'Added' : kind === 'removed' ? 'Removed' : ''}</span>
      <span aria-hidden="true" className="type-code w-3 flex-none text-center">
        {marks[kind]}
      </span>
      <pre className="type-code min-w-0 flex-1 [overflow-wrap:anywhere] whitespace-pre-wrap select-text">
        <bdi>{text}</bdi>
      </pre>
    </div>
  );
}
