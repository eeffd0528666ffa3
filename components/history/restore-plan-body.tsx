'use client';

import { useId, useState } from 'react';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import type { ThawWish } from '#lib/operations/schema.ts';
import type { ChosenKind } from '#lib/restore/plan-restore-cost.ts';
import type { RestoreFact } from './plan-facts.ts';
import type { Choice } from './restore-choice.ts';
import { KindButton, KindFact, type KindRow } from './restore-kinds.tsx';
import { RestoreList } from './restore-list.tsx';
import { RestoreMissed, type RestoreRun } from './restore-run.tsx';
import type { ShownKind } from './restore-words.ts';
import { ThawChoice } from './thaw-choice.tsx';
import type { MadePlan } from './use-restore-plan.ts';

export interface RestorePlanBodyProps {
  made: MadePlan | null;
  rows: readonly KindRow[];
  chosen: readonly ChosenKind[];
  choice: Choice;
  onChoice: (choice: Choice) => void;
  thaw: ThawWish;
  onThaw: (wish: ThawWish) => void;
  run: RestoreRun;
  /** What it has done, once it has ended. */
  facts: readonly RestoreFact[] | null;
}

/** Kinds at the left and the files of one at the right, 330 px high; on a phone each kind opens to its files. */
export function RestorePlanBody(props: RestorePlanBodyProps) {
  const { made, rows, facts, run } = props;
  const phone = usePhone();
  const panel = useId();
  const [picked, setPicked] = useState<ShownKind | null>(null);
  const current = rows.some((row) => row.kind === picked) ? picked : phone ? null : (rows[0]?.kind ?? null);
  const frame = '-mx-5 mt-3 border-y border-line';
  if (facts) {
    return (
      <div className={`${frame} grid sm:h-82.5 sm:grid-cols-[264px_minmax(0,1fr)]`}>
        <ul className="grid content-start gap-0.5 border-line py-2.5 pr-2 pl-3 max-sm:border-b sm:overflow-y-auto sm:border-r">
          {facts.map((fact) => (
            <li key={fact.key}>
              <KindFact fact={fact} />
            </li>
          ))}
        </ul>
        <div className="overflow-y-auto px-4 py-3.5">
          <RestoreMissed run={run} />
        </div>
      </div>
    );
  }
  if (!made) return <BodySkeleton className={frame} />;
  if (phone) {
    return (
      <ul className={`${frame} grid px-3 py-2`}>
        {rows.map((row) => (
          <li key={row.kind}>
            <KindButton
              row={row}
              current={current === row.kind}
              controls={`${panel}-${row.kind}`}
              onPick={() => setPicked(current === row.kind ? null : row.kind)}
            />
            <div id={`${panel}-${row.kind}`} className={current === row.kind ? 'px-2 pt-2 pb-3' : 'hidden'}>
              {current === row.kind && <Files {...props} made={made} kind={row.kind} />}
            </div>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className={`${frame} grid h-82.5 grid-cols-[264px_minmax(0,1fr)]`}>
      <div className="grid content-start gap-0.5 overflow-y-auto border-r border-line py-2.5 pr-2 pl-3">
        {rows.map((row) => (
          <KindButton
            key={row.kind}
            row={row}
            current={current === row.kind}
            controls={panel}
            onPick={() => setPicked(row.kind)}
          />
        ))}
      </div>
      <div id={panel} className="flex min-h-0 min-w-0 flex-col px-4 pt-2.5">
        {current && <Files {...props} made={made} kind={current} />}
      </div>
    </div>
  );
}

function Files({
  made,
  kind,
  chosen,
  choice,
  onChoice,
  thaw,
  onThaw,
  run,
}: RestorePlanBodyProps & { made: MadePlan; kind: ShownKind }) {
  const own = chosen.find((one) => one.kind === kind);
  if (kind === 'unchanged' || !own) {
    return (
      <p className="py-3 text-fg-2">
        {made.plan.unchanged === 0
          ? 'Every file that was looked at is different from what it was.'
          : 'These files have the same bytes as at this moment. Nothing is done with them.'}
      </p>
    );
  }
  const frozen = run.operation !== null;
  const priced = own.chosen.count > 0 ? own : { ...own, chosen: { count: own.count, bytes: own.bytes } };
  return (
    <RestoreList
      key={kind}
      operation={made.operation.id}
      kind={own}
      choice={choice}
      onChoice={onChoice}
      frozen={frozen}
      head={
        kind === 'thaw' && (
          <ThawChoice kind={priced} rates={made.plan.rates} wish={thaw} onWish={onThaw} frozen={frozen} />
        )
      }
    />
  );
}

function BodySkeleton({ className }: { className: string }) {
  return (
    <div aria-hidden="true" className={`${className} grid h-82.5 gap-4 p-4 sm:grid-cols-[236px_minmax(0,1fr)]`}>
      <div className="grid content-start gap-2">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-11 w-full" />
        ))}
      </div>
      <div className="grid content-start gap-3 max-sm:hidden">
        <Skeleton className="h-7 w-full" />
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-10 w-full" />
        ))}
      </div>
    </div>
  );
}
