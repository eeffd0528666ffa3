'use client';

import clsx from 'clsx';
import { Trash2 } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { dayToShare, shareToDay } from './day-axis.ts';
import type { DayField, Lane, Segment } from './lane-plan.ts';

export interface LaneBarProps {
  lane: Lane;
  /** Of a rule made elsewhere: grey. */
  locked?: boolean;
  /** Grips and day numbers, on the chosen lane. */
  onDay?: ((field: DayField, day: number) => void) | undefined;
}

const percent = (share: number) => `${share * 100}%`;

/** The days of a file as bands, 30 px high, with grips where the rule can be moved. */
export function LaneBar({ lane, locked, onDay }: LaneBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const drag = (field: DayField) => (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1 || !onDay || !bar.current) return;
    const { left, width } = bar.current.getBoundingClientRect();
    onDay(field, shareToDay(Math.max(0, Math.min(1, (event.clientX - left) / width))));
  };
  return (
    <div ref={bar} className={clsx('relative', onDay ? 'h-11' : 'h-7.5')}>
      <div aria-hidden="true" className="relative flex h-7.5 overflow-hidden rounded-2">
        {lane.segments.map((segment) => (
          <Band key={`${segment.from}-${segment.label}`} segment={segment} locked={locked} />
        ))}
      </div>
      {onDay &&
        lane.segments.map(
          ({ from, field, label }) =>
            field && (
              <Grip
                key={`${field.part}-${field.step}`}
                day={from}
                label={label}
                onPointerMove={drag(field)}
                onStep={(days) => onDay(field, from + days)}
              />
            ),
        )}
    </div>
  );
}

function Band({
  segment: { from, to, label, depth, live },
  locked,
}: {
  segment: Segment;
  locked?: boolean | undefined;
}) {
  const width = (to === null ? 1 : dayToShare(to)) - dayToShare(from);
  return (
    <span
      style={{
        width: percent(width),
        ...(depth === null ? {} : { '--c': locked ? 'var(--text-3)' : `var(--depth-${depth})` }),
      }}
      className={clsx(
        'relative flex min-w-0 items-start overflow-hidden pt-1 pl-2 text-micro not-first:border-l-2 not-first:border-sheet',
        depth === null && (live ? 'lane-gone-live' : 'lane-gone'),
        depth !== null && 'lane-band',
        locked ? 'text-fg-2' : 'text-fg',
      )}
    >
      {depth === null ? (
        <em
          className={clsx(
            'mt-0.5 flex h-4.5 items-center gap-1 truncate rounded-1 px-1.5 not-italic',
            live ? 'bg-danger-soft text-danger-text' : 'bg-sunken text-fg-2',
          )}
        >
          <Trash2 className="size-3 flex-none" />
          <span className="truncate">{label}</span>
        </em>
      ) : (
        <span className="truncate">{label}</span>
      )}
    </span>
  );
}

type GripProps = {
  day: number;
  label: string;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onStep: (days: number) => void;
};

/** Moves a step: dragged, or by arrows a day, with Shift a week. */
function Grip({ day, label, onPointerMove, onStep }: GripProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onStep(step * (event.shiftKey ? 7 : 1));
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      aria-label={`${label} from day`}
      aria-valuenow={day}
      aria-valuemin={0}
      aria-valuemax={36500}
      style={{ left: percent(dayToShare(day)) }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      className="hit absolute -top-0.5 -ml-1.5 flex w-3 cursor-ew-resize touch-none flex-col items-center rounded-2"
    >
      <span className="h-8.5 w-2 rounded-1 border-[1.5px] border-accent bg-raised" />
      <span className="mt-0.5 text-micro font-semibold text-accent-text tabular-nums">{day}</span>
    </span>
  );
}
