'use client';

import clsx from 'clsx';
import { formatCount } from '#components/ui/format.ts';
import type { PlanKind } from '#lib/restore/schema.ts';
import type { RestoreFact } from './plan-facts.ts';
import { type Choice, chosenOf } from './restore-choice.ts';
import { kindDetail, kindLabels, kindSwatches, type ShownKind } from './restore-words.ts';

export type KindRow = { kind: ShownKind; count: number; detail: string };

/** The kinds of a plan, the empty ones left out. Counts are of the whole; what is chosen is told in the list. */
export function kindRows(kinds: readonly PlanKind[], unchanged: number, choice: Choice): KindRow[] {
  const rows: KindRow[] = kinds.map((kind) => ({
    kind: kind.kind,
    count: kind.count,
    detail: kindDetail(kind, chosenOf(choice, kind).bytes),
  }));
  return [...rows, { kind: 'unchanged', count: unchanged, detail: 'Left alone' }];
}

/** A bar of all files that the plan looked at, a piece a kind; the smallest is still to be seen. */
export function KindBar({ parts }: { parts: readonly Pick<RestoreFact, 'key' | 'count' | 'swatch'>[] }) {
  return (
    <div aria-hidden="true" className="flex h-3.5 gap-0.5 overflow-hidden rounded-1">
      {parts
        .filter(({ count }) => count > 0)
        .map(({ key, count, swatch }) => (
          <i key={key} className={clsx('min-w-1 rounded-[1px]', swatch)} style={{ flex: `${count} 0 0px` }} />
        ))}
    </div>
  );
}

/** One line of what a restore that has ended did. */
export function KindFact({ fact: { label, detail, count, swatch } }: { fact: RestoreFact }) {
  return (
    <p className="flex h-12 items-center gap-2.5 pr-2.5 pl-2 text-label text-fg max-sm:h-14 max-sm:text-phone-name">
      <i aria-hidden="true" className={clsx('h-8 w-1 flex-none rounded-[2px]', swatch)} />
      <span className="min-w-0 flex-1 truncate">
        {label}
        {detail && <small className="block text-meta font-normal text-fg-3">{detail}</small>}
      </span>
      <b className="font-semibold tabular-nums">{formatCount(count)}</b>
    </p>
  );
}

export interface KindButtonProps {
  row: KindRow;
  current: boolean;
  /** Of the list that it shows. */
  controls: string;
  onPick: () => void;
}

/** One kind: 48 px, its colour, what it means, how many. */
export function KindButton({ row: { kind, count, detail }, current, controls, onPick }: KindButtonProps) {
  return (
    <button
      type="button"
      aria-expanded={current}
      aria-controls={controls}
      onClick={onPick}
      className={clsx(
        'focus-inset flex h-12 w-full items-center gap-2.5 rounded-2 pr-2.5 pl-2 text-left text-label text-fg max-sm:h-14 max-sm:text-phone-name',
        current ? 'bg-press' : 'hover:bg-hover',
      )}
    >
      <i aria-hidden="true" className={clsx('h-8 w-1 flex-none rounded-[2px]', kindSwatches[kind])} />
      <span className="min-w-0 flex-1 truncate">
        {kindLabels[kind]}
        <small
          className={clsx('block truncate text-meta font-normal tabular-nums', current ? 'text-fg-2' : 'text-fg-3')}
        >
          {detail}
        </small>
      </span>
      <b className="font-semibold tabular-nums">{formatCount(count)}</b>
    </button>
  );
}
