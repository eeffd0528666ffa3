'use client';

import clsx from 'clsx';
import { ChevronsLeftRight } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { Picture } from './picture.tsx';
import { ZoomStage } from './picture-stage.tsx';
import { planStage, type Shown, sizeOnStage } from './plan-stage.ts';
import type { ZoomControl } from './use-zoom.ts';
import { SideMark } from './version-strip.tsx';

export type CompareWay = 'side' | 'slider' | 'difference';
export type Side = { shown: Shown; caption: string };

export interface CompareStageProps {
  a: Side;
  b: Side;
  way: CompareWay;
  control: RefObject<ZoomControl | null>;
  onZoom: (text: string) => void;
  /** While `b` is held: the other one alone. */
  flipped: boolean;
}

/** Two versions of a picture, in the same place and at the same size. */
export function CompareStage({ a, b, way, control, onZoom, flipped }: CompareStageProps) {
  const size = sizeOnStage(b.shown) ?? sizeOnStage(a.shown) ?? { width: 1_200, height: 800 };
  if (way === 'side') return <SideBySide a={a} b={b} size={size} control={control} onZoom={onZoom} />;
  return (
    <ZoomStage size={size} control={control} onZoom={onZoom}>
      {(drawnPixels) =>
        flipped ? (
          <>
            <Layer side={a} drawnPixels={drawnPixels} />
            <Caption side="A" text={a.caption} />
          </>
        ) : way === 'difference' ? (
          <div className="absolute inset-0 isolate">
            <Layer side={b} drawnPixels={drawnPixels} />
            <Layer side={a} drawnPixels={drawnPixels} className="mix-blend-difference" />
          </div>
        ) : (
          <Slider a={a} b={b} drawnPixels={drawnPixels} />
        )
      }
    </ZoomStage>
  );
}

function Layer({ side, drawnPixels, className }: { side: Side; drawnPixels: number; className?: string }) {
  const stage = planStage(side.shown);
  const { original, preview } = stage.way === 'picture' ? stage : { original: false, preview: false };
  return (
    <Picture
      key={side.shown.versionId}
      shown={side.shown}
      original={original}
      preview={preview}
      drawnPixels={drawnPixels}
      className={className}
    />
  );
}

function Slider({ a, b, drawnPixels }: { a: Side; b: Side; drawnPixels: number }) {
  const [at, setAt] = useState(50);
  const box = useRef<HTMLDivElement>(null);
  const move = (event: PointerEvent) => {
    const rect = box.current?.getBoundingClientRect();
    if (rect) setAt(Math.min(100, Math.max(0, ((event.clientX - rect.left) / rect.width) * 100)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.shiftKey ? 10 : 1;
    const to = { ArrowLeft: at - by, ArrowRight: at + by, Home: 0, End: 100 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(Math.min(100, Math.max(0, to)));
  };
  return (
    <div ref={box} className="absolute inset-0">
      <Layer side={b} drawnPixels={drawnPixels} />
      <div className="absolute inset-0" style={{ clipPath: `inset(0 ${100 - at}% 0 0)` }}>
        <Layer side={a} drawnPixels={drawnPixels} />
      </div>
      <Caption side="A" text={a.caption} />
      <Caption side="B" text={b.caption} />
      <div className="compare-knife absolute inset-y-0 -ml-px w-0.5 bg-on-photo" style={{ left: `${at}%` }}>
        <button
          type="button"
          role="slider"
          aria-label="Divider"
          aria-valuenow={Math.round(at)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuetext={`${Math.round(at)} % version A`}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            event.stopPropagation();
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event);
          }}
          onDoubleClick={(event) => {
            event.stopPropagation();
            setAt(50);
          }}
          className="hit absolute top-1/2 left-1/2 -mt-4.5 -ml-4.5 grid size-9 cursor-ew-resize touch-none place-items-center rounded-full bg-on-photo text-photo-shade shadow-3"
        >
          <ChevronsLeftRight aria-hidden="true" className="size-4" />
        </button>
      </div>
    </div>
  );
}

function SideBySide({
  a,
  b,
  size,
  control,
  onZoom,
}: {
  a: Side;
  b: Side;
  size: { width: number; height: number };
  control: RefObject<ZoomControl | null>;
  onZoom: (text: string) => void;
}) {
  const left = useRef<ZoomControl | null>(null);
  const right = useRef<ZoomControl | null>(null);
  // What one does by key or button both do, so that both show the same part.
  useEffect(() => {
    const both = (call: (side: ZoomControl) => void) => () => {
      for (const side of [left, right]) if (side.current) call(side.current);
    };
    control.current = {
      get whole() {
        return left.current?.whole ?? true;
      },
      fit: both((side) => side.fit()),
      hundred: both((side) => side.hundred()),
      larger: both((side) => side.larger()),
      smaller: both((side) => side.smaller()),
      move: (by) => both((side) => side.move(by))(),
    };
  });
  return (
    <div className="absolute inset-0 grid grid-cols-2 divide-x divide-line">
      {[
        { side: a, mark: 'A' as const, own: left, other: right },
        { side: b, mark: 'B' as const, own: right, other: left },
      ].map(({ side, mark, own, other }) => (
        <div key={mark} className="relative min-w-0">
          <ZoomStage size={size} control={own} other={other} onZoom={mark === 'A' ? onZoom : quiet}>
            {(drawnPixels) => <Layer side={side} drawnPixels={drawnPixels} />}
          </ZoomStage>
          <Caption side={mark} text={side.caption} left />
        </div>
      ))}
    </div>
  );
}

const quiet = () => {};

function Caption({ side, text, left }: { side: 'A' | 'B'; text: string; left?: boolean }) {
  return (
    <span
      className={clsx(
        'pointer-events-none absolute top-3 inline-flex h-7 max-w-[48%] items-center gap-2 rounded-2 bg-photo-shade px-1.5 text-label text-on-photo',
        side === 'A' || left ? 'left-3 pr-2.5' : 'right-3 flex-row-reverse pl-2.5',
      )}
    >
      <SideMark side={side} />
      <span className="truncate">{text}</span>
    </span>
  );
}
