'use client';

import { Calendar, ChevronLeft, ChevronRight, History, X, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatAgo, formatMoment } from '#components/ui/format-time.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import { useHydrated } from '#components/ui/use-media.ts';
import { Moment } from './moment-text.tsx';
import { Timeline } from './timeline.tsx';
import type { LookBack } from './use-look-back.ts';

const MomentDialog = onDemand(() => import('./moment-dialog.tsx').then((part) => part.MomentDialog));

export interface LookBackBarProps {
  lookBack: LookBack & { at: string };
  /** "77 files differ from now", once it was counted. */
  differs: string | null;
  /** The button that restores; the only thing that can be done here. */
  restore: ReactNode;
}

/** The frame of the past: which moment, what is different, the way back, and the line of time. 123 px. */
export function LookBackBar(props: LookBackBarProps) {
  const { lookBack, differs, restore } = props;
  const { at, leave } = lookBack;
  const knob = useKnob(props);
  const shown = knob.dragged ?? at;
  return (
    <section
      ref={knob.frame}
      aria-label="Look back"
      data-look-back=""
      data-region="look-back"
      className="border-b border-past-line bg-past-soft px-4 pt-2.5"
    >
      <div className="flex h-7 items-center gap-2">
        <span className="flex flex-none items-center gap-2 text-label font-semibold text-past-text">
          <History aria-hidden="true" className="size-4" />
          <span className="max-md:sr-only">As of</span>
        </span>
        <WhenButton at={shown} onClick={knob.ask} className="h-7 flex-none rounded-2 pr-2 pl-2.5 text-label" />
        <Steps lookBack={lookBack} />
        <p className="min-w-0 flex-1 truncate text-meta text-fg-2 tabular-nums max-md:invisible">
          <Ago at={shown} />
          {differs !== null && ` ${differs}.`}
        </p>
        <Button variant="quiet" onClick={leave} aria-keyshortcuts="Escape" className="text-past-text!">
          Back to now
          <span className="contents max-lg:hidden [&>kbd]:border-past-line [&>kbd]:text-past-text">
            <Kbd keys="Escape" />
          </span>
        </Button>
        <span className="contents" data-restore="">
          {restore}
        </span>
      </div>
      <div className="mt-2.5">{knob.timeline(false)}</div>
      {knob.dialog}
    </section>
  );
}

/** The same at the foot of a phone, in reach of the thumb; it stands where the tabs are. */
export function LookBackFoot(props: LookBackBarProps) {
  const { lookBack, restore } = props;
  const knob = useKnob(props);
  return (
    <section
      ref={knob.frame}
      aria-label="Look back"
      data-look-back=""
      data-region="look-back"
      className="fixed inset-x-0 bottom-0 z-side border-t border-past-line bg-past-soft px-4 pt-2.5 pb-[calc(14px+env(safe-area-inset-bottom))]"
    >
      <div className="flex items-center gap-2">
        <Step lookBack={lookBack} to="earlier" />
        <WhenButton
          at={knob.dragged ?? lookBack.at}
          onClick={knob.ask}
          className="h-10 min-w-0 flex-1 justify-center rounded-4 px-3 text-phone-name max-[359px]:px-1.5 max-[359px]:text-phone-meta max-[359px]:[&>svg]:hidden"
        />
        <Step lookBack={lookBack} to="later" />
      </div>
      <div className="mx-2 mt-3">{knob.timeline(true)}</div>
      <div className="grid [&>button]:w-full" data-restore="">
        {restore}
      </div>
      {knob.dialog}
    </section>
  );
}

/** The header of a phone while one looks back. */
export function LookBackHeader({
  title,
  facts,
  leave,
  menu,
}: {
  title: string;
  facts: string | null;
  leave: () => void;
  menu: ReactNode;
}) {
  return (
    <div data-look-back="" className="-mr-1 -ml-1 flex min-w-0 flex-1 items-center pt-1.5">
      <IconButton label="Back to now" icon={<X />} size="touch" onClick={leave} />
      <div className="min-w-0 flex-1">
        <p aria-hidden="true" className="truncate text-phone-title">
          <bdi>{title}</bdi>
        </p>
        {facts !== null && <p className="truncate text-phone-meta text-fg-3 tabular-nums">{facts}</p>}
      </div>
      {menu}
    </div>
  );
}

/** What bar and foot share: the line with its knob, the question for a moment, and their keys. */
function useKnob({ lookBack }: LookBackBarProps) {
  const { at, timeline, step, arriving } = lookBack;
  const frame = useRef<HTMLElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (arriving.current) slider.current?.focus();
    arriving.current = false;
  }, [arriving]);

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = stepOf(event);
    if (to) step(to);
    else if (event.key === 'Enter') frame.current?.querySelector<HTMLElement>('[data-restore] button')?.click();
    else return;
    event.preventDefault();
  };
  return {
    frame,
    dragged,
    ask: () => setAsked(true),
    timeline: (phone: boolean) => (
      <Timeline
        timeline={timeline}
        at={at}
        onDrag={setDragged}
        onMove={lookBack.go}
        onKey={onKey}
        slider={slider}
        phone={phone}
      />
    ),
    dialog: asked && <MomentDialog at={at} onTake={lookBack.go} close={() => setAsked(false)} />,
  };
}

/** Sideways a change, with Shift a day, and the ends of the line. */
function stepOf({ key, shiftKey }: KeyboardEvent): Parameters<LookBack['step']>[0] | null {
  switch (key) {
    case 'ArrowLeft':
      return shiftKey ? 'dayBefore' : 'earlier';
    case 'ArrowRight':
      return shiftKey ? 'dayAfter' : 'later';
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    default:
      return null;
  }
}

function WhenButton({ at, onClick, className }: { at: string; onClick: () => void; className: string }) {
  const hydrated = useHydrated();
  const words = hydrated ? formatMoment(at) : formatMoment(at, 'UTC');
  return (
    <button
      type="button"
      aria-label={`As of ${words}. Choose another moment`}
      aria-haspopup="dialog"
      onClick={onClick}
      className={`inline-flex items-center gap-2 border border-past-line bg-sheet font-semibold whitespace-nowrap tabular-nums hover:border-past ${className}`}
    >
      <span className="truncate">
        <Moment at={at} />
      </span>
      <Calendar aria-hidden="true" className="size-3.5 flex-none text-past-text" />
    </button>
  );
}

function Steps({ lookBack }: { lookBack: LookBack }) {
  const { zoom, zoomed } = lookBack;
  return (
    <span className="flex flex-none items-center gap-0.5">
      <Step lookBack={lookBack} to="earlier" />
      <Step lookBack={lookBack} to="later" />
      <IconButton
        label={zoomed ? 'The whole time' : 'A closer look at this time'}
        icon={zoomed ? <ZoomOut /> : <ZoomIn />}
        onClick={() => zoom(zoomed ? 'out' : 'in')}
        className="max-lg:hidden"
      />
    </span>
  );
}

function Step({ lookBack, to }: { lookBack: LookBack; to: 'earlier' | 'later' }) {
  const { step, whyNoSteps } = lookBack;
  const none = lookBack[to] === null;
  return (
    <IconButton
      label={to === 'earlier' ? 'Earlier change' : 'Later change'}
      keys={to === 'earlier' ? 'Left' : 'Right'}
      icon={to === 'earlier' ? <ChevronLeft /> : <ChevronRight />}
      disabledReason={whyNoSteps ?? (none ? `No ${to} change here` : undefined)}
      onClick={() => step(to)}
      className="text-past-text!"
    />
  );
}

function Ago({ at }: { at: string }) {
  const hydrated = useHydrated();
  const words = formatAgo(at);
  return <span suppressHydrationWarning>{hydrated ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : ''}</span>;
}
