'use client';

import clsx from 'clsx';
import { type KeyboardEvent, type PointerEvent, type Ref, useEffect, useRef, useState } from 'react';
import { formatMoment } from '#components/ui/format-time.ts';
import { useHydrated } from '#components/ui/use-media.ts';
import type { TimelineView } from '#lib/history/schema.ts';
import { drawBars, planMarks, planTicks, scaleOf, toTime, toX } from './plan-timeline-drawing.ts';

/** Px from the end within which a release means now. */
const nowSnap = 6;

export interface TimelineProps {
  /** Null until it is known: nothing is drawn in a place that it would leave. */
  timeline: TimelineView | null;
  /** RFC 3339 */
  at: string;
  /** While the knob is dragged, for the words beside it; null when it was let go. */
  onDrag: (at: string | null) => void;
  onMove: (at: string) => void;
  onKey: (event: KeyboardEvent) => void;
  slider: Ref<HTMLDivElement>;
  phone?: boolean;
}

/** When how much changed, and the moment that is shown: a slider over bars. What came after the moment is lifted off, hatched. */
export function Timeline({ timeline, at, onDrag, onMove, onKey, slider, phone = false }: TimelineProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const hydrated = useHydrated();
  const [draft, setDraft] = useState<number | null>(null);
  const bars = timeline?.bars ?? [];
  const scale = scaleOf(timeline ?? { from: null, to: at, bars }, width);
  const time = draft ?? Date.parse(at);
  const pin = toX(scale, time);

  const timeAt = (event: PointerEvent) => {
    const x = event.clientX - (frame.current?.getBoundingClientRect().left ?? 0);
    return x >= width - nowSnap ? scale.to : toTime(scale, x);
  };
  const drag = (event: PointerEvent) => {
    const next = timeAt(event);
    setDraft(next);
    onDrag(new Date(next).toISOString());
  };
  const drop = (event: PointerEvent) => {
    if (draft === null) return;
    setDraft(null);
    onDrag(null);
    if (event.type === 'pointerup') onMove(new Date(timeAt(event)).toISOString());
  };
  return (
    <div
      ref={frame}
      className={clsx('relative touch-none select-none tabular-nums', phone ? 'h-19' : 'h-18.5')}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => draft !== null && drag(event)}
      onPointerUp={drop}
      onPointerCancel={drop}
    >
      {width > 0 && (
        <>
          <svg
            width={width}
            height={44}
            viewBox={`0 0 ${width} 44`}
            aria-hidden="true"
            className="block overflow-visible"
          >
            <path d={`M0 42.5h${width}`} className="stroke-past-line" />
            {drawBars(bars, scale).map((bar) => (
              <rect
                key={bar.from}
                x={bar.x}
                y={42 - bar.height}
                width={bar.width}
                height={bar.height}
                rx={2}
                fill={`var(--depth-${bar.depth})`}
                opacity={bar.from > time ? 0.32 : 1}
              />
            ))}
          </svg>
          {timeline && (
            <span
              aria-hidden="true"
              className="lifted absolute top-0 right-0 h-[43px] rounded-tr-1"
              style={{ left: pin }}
            />
          )}
          {!phone &&
            planMarks(bars, scale).map(({ x, text }) => (
              <span
                key={x}
                className="pointer-events-none absolute -top-1 -translate-x-1/2 rounded-1 bg-past-soft px-1 text-micro whitespace-nowrap text-fg-2"
                style={{ left: x }}
              >
                {text}
              </span>
            ))}
          <div className={clsx('absolute inset-x-0 h-4 text-micro text-fg-3', phone ? 'top-14' : 'top-12')}>
            {timeline &&
              planTicks(scale).map(({ x, label }) => (
                <span key={x} className="absolute whitespace-nowrap" style={{ left: x }}>
                  {label}
                </span>
              ))}
            {timeline && <span className="absolute right-0 text-accent-text">{isNow(scale.to) ? 'Now' : null}</span>}
          </div>
        </>
      )}
      <div
        ref={slider}
        role="slider"
        tabIndex={0}
        aria-label="Moment"
        aria-valuemin={scale.from}
        aria-valuemax={scale.to}
        aria-valuenow={Math.max(scale.from, Math.min(scale.to, time))}
        aria-valuetext={hydrated ? formatMoment(time) : undefined}
        aria-keyshortcuts="ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight Home End Enter"
        onKeyDown={onKey}
        className={clsx(
          timeline === null && 'opacity-0',
          'focus-none group/pin absolute -top-0.5 -ml-px h-13 w-0.5 cursor-ew-resize rounded-1 bg-past',
        )}
        style={{ left: pin }}
      >
        <span
          aria-hidden="true"
          className={clsx(
            'absolute rounded-full border-past-soft bg-past shadow-[0_0_0_1.5px_var(--past)] group-focus-visible/pin:shadow-[0_0_0_1.5px_var(--past),0_0_0_4px_var(--past-soft),0_0_0_6px_var(--accent)]',
            phone ? '-bottom-3.5 -left-3 size-6.5 border-[5px]' : '-bottom-2 -left-[7px] size-4 border-[3px]',
          )}
        />
      </div>
    </div>
  );
}

/** A closer look may end before now. A line is read again after a while, and still called that. */
const isNow = (end: number) => Date.now() - end < 3_600_000;

function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const frame = element.current;
    if (!frame) return;
    const observer = new ResizeObserver(() => setWidth(frame.clientWidth));
    observer.observe(frame);
    setWidth(frame.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
