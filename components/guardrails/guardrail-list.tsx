import clsx from 'clsx';
import { Server } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Spinner } from '#components/ui/spinner.tsx';
import { Time } from '#components/ui/time.tsx';
import { type GuardrailId, guardrailWords } from '#lib/guardrails/guardrails.ts';
import type { GuardrailRow } from '#lib/guardrails/schema.ts';
import { probeWord, shieldTones, verdictLooks } from './verdict-words.tsx';

export interface GuardrailListProps {
  rows: GuardrailRow[];
  binding: string;
  chosen: GuardrailId | null;
  /** Being probed or changed. */
  busy: (id: GuardrailId) => boolean;
  onChoose: (id: GuardrailId) => void;
}

const TALLY = {
  pass: 'bg-success',
  fail: 'bg-danger',
  unsupported: 'bg-press',
  unknown: 'bg-[repeating-linear-gradient(135deg,var(--edge)_0_2px,transparent_2px_5px)]',
};

/** How many hold, then one row a guardrail. Up and down move between them. */
export function GuardrailList({ rows, binding, chosen, busy, onChoose }: GuardrailListProps) {
  const asked = rows.filter(({ verdict }) => verdict !== 'unsupported');
  const holding = asked.filter(({ verdict }) => verdict === 'pass').length;
  const notHere = rows.length - asked.length;
  return (
    <section aria-label="All guardrails" className="flex min-h-0 min-w-0 flex-col border-line sm:border-r">
      <div className="border-b border-line px-4 py-3.5">
        <p className="flex items-baseline gap-2">
          <b className="text-figure tabular-nums">
            {holding} of {asked.length}
          </b>
          <span className="flex-1 text-fg-2">hold</span>
          {notHere > 0 && <span className="text-meta text-fg-3">{notHere} not on this store</span>}
        </p>
        <div aria-hidden="true" className="mt-2 flex gap-[3px]">
          {rows.map(({ id, verdict }) => (
            <i key={id} className={clsx('h-1.5 flex-1 rounded-[2px]', TALLY[verdict])} />
          ))}
        </div>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto p-2" onKeyDown={moveBetweenRows}>
        {rows.map((row) => (
          <li key={row.id}>
            <Row row={row} chosen={row.id === chosen} busy={busy(row.id)} onChoose={() => onChoose(row.id)} />
          </li>
        ))}
      </ul>
      <p className="flex gap-2 border-t border-line px-4 py-3 text-meta text-fg-3">
        <Server aria-hidden="true" className="mt-px size-3.5 flex-none" />
        <span>{binding}</span>
      </p>
    </section>
  );
}

function Row({
  row,
  chosen,
  busy,
  onChoose,
}: {
  row: GuardrailRow;
  chosen: boolean;
  busy: boolean;
  onChoose: () => void;
}) {
  const { title, short } = guardrailWords[row.id];
  const look = verdictLooks[row.verdict];
  return (
    <button
      type="button"
      aria-current={chosen || undefined}
      onClick={onChoose}
      className={clsx(
        'focus-inset flex h-12.5 w-full items-center gap-3 rounded-3 pr-2.5 pl-2 text-left hover:bg-hover max-sm:h-14',
        chosen && 'sm:bg-press',
      )}
    >
      <span
        className={clsx(
          'grid size-7 flex-none place-items-center rounded-[7px] [&>svg]:size-4',
          shieldTones[look.tone],
        )}
      >
        {look.shield}
      </span>
      <span className="min-w-0 flex-1">
        <b className={clsx('block truncate text-label', row.verdict === 'unsupported' && 'text-fg-2')}>{title}</b>
        <span className="block truncate text-meta text-fg-2">{row.limit?.split(':')[0] ?? short}</span>
        <span className="sr-only">. {look.word}.</span>
      </span>
      <span
        className={clsx(
          'flex-none text-meta tabular-nums',
          row.verdict === 'fail' ? 'text-danger-text' : chosen ? 'text-fg-2' : 'text-fg-3',
        )}
      >
        {busy ? (
          <Spinner size={12} />
        ) : row.driftedAt ? (
          'Holds no more'
        ) : (
          <>
            {probeWord(row)}
            {row.probe && row.verdict !== 'unsupported' && (
              <>
                , <Time at={row.probe.at} plain />
              </>
            )}
          </>
        )}
      </span>
    </button>
  );
}

function moveBetweenRows(event: KeyboardEvent<HTMLUListElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll('button')];
  const at = rows.indexOf(document.activeElement as HTMLButtonElement);
  const next = rows[at + step];
  next?.focus();
  next?.click();
}
